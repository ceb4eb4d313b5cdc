/// The last step: the report, drawn from the day's pages alone.
extension Close {
    func writeReport() throws -> [CloseCount] {
        let files = Report.files(
            pages, language: language, silentHoursMax: DayOffices.hoursMax)
        try ReportFolder(reportFolder).write(files)
        firstFile = files.first?.name ?? ""
        return [CloseCount("files", files.count)]
    }
}
