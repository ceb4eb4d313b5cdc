/// The last step but one: the report, drawn from the day's pages alone. The pages know the
/// operators; a report names them where somebody asked for that, for it is passed on.
extension Close {
    func writeReport() throws -> [CloseCount] {
        let shown = pages.map { page in
            var page = page
            if !options.namesOperators { page.operators = [] }
            return page
        }
        let files = Report.files(
            shown, language: options.languageAsked ?? language,
            silentHoursMax: DayOffices.hoursMax)
        try ReportFolder(reportFolder).write(files)
        firstFile = files.first?.name ?? ""
        return [CloseCount("files", files.count)]
    }
}
