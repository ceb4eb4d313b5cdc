import RientroClient
import Terminal

/// Why a command did not do what was asked. Facts only: the sentences are in
/// `OfficeError+Sentence.swift`.
enum OfficeError: Error, Equatable, Sendable {
    /// The command line is wrong.
    case usage(UsageError)
    /// The library says why.
    case replica(ReplicaError)
    /// There is no contact with the centre; the fact, and what waits for it.
    case noContact(fact: String, waiting: Waiting)
    /// A secret could not be read.
    case secret(SecretError)
    /// The text on standard input could not be taken.
    case badInput(BadInput)
    /// The address is not one of a centre.
    case badServer(String)
    /// No account has this id or case reference, or begins so.
    case noAccount(String)
    /// Several accounts begin so; the first of them, and how many there are.
    case manyAccounts(String, found: [Account], count: Int)
    /// Nothing of this kind has the id.
    case notFound(String, id: String)
    /// Several of this kind begin so.
    case manyFound(String, id: String, found: [String])
    /// It was not said who writes; who could.
    case noOperator(known: [CodeChoice])
    /// No operator of the office's lists has this code; who could.
    case unknownOperator(String, known: [CodeChoice])
    /// The value is in no list; those that are.
    case unknownCode(name: String, value: String, known: [CodeChoice])
    /// A value cannot stand in its field; why, in a few words.
    case badValue(field: String, fact: String)
    /// The account has none with this id; the last that it has.
    case notAmong(String, id: String, of: String, found: [String])
    /// A person has to agree before anything is written, and nobody can be asked.
    case unconfirmed([Concern])
    /// The person who was asked did not say yes.
    case declined
    /// Something cannot be taken back; why, as a sentence.
    case cannotTakeBack(String)
    /// This operator has written nothing here that is still kept.
    case nothingToUndo(String)
    /// An account with money open cannot be closed as paid; how much.
    case moneyOpen(Account)
    /// A row of the last list was meant, and there is no such list; why.
    case noList(number: Int, ListFault)
    /// There is no such field, or it cannot be set in an office.
    case badField(String, reason: FieldReason, fields: [String])
    /// The file holds other tables than the debtor portfolio's; the name of its schema.
    case otherSchema(String)
    /// The program's own tables cannot be made: a mistake of ours.
    case brokenSchema

    /// Why a number names no row of the last list.
    enum ListFault: Equatable, Sendable {
        /// No list was shown in this terminal.
        case none
        /// It is too old, or of another file.
        case stale
        /// It has only so many rows.
        case short(rows: Int)
        /// The account is not here any more.
        case gone
        /// A case is called so too.
        case alsoCase(String)
    }

    /// What waits for the contact.
    enum Waiting: Equatable, Sendable {
        /// A file that is still to be made.
        case firstContact
        /// So many rows written here.
        case rows(Int)
    }

    /// Why a text on standard input could not be taken.
    enum BadInput: Error, Equatable, Sendable {
        /// It is not UTF-8.
        case notText
        /// It is longer than this.
        case tooLong(bytesMax: Int)
    }

    /// Why a field cannot be set.
    enum FieldReason: Equatable, Sendable {
        /// There is none of this name.
        case unknown
        /// It never changes.
        case fixed
        /// The centre alone writes it.
        case centre
    }
}

extension OfficeError {
    /// The error as this program says it.
    init(_ error: any Error) {
        switch error {
        case let error as OfficeError: self = error
        case let error as ReplicaError: self = .replica(error)
        case let error as UsageError: self = .usage(error)
        default: self = .replica(.database(code: 1, message: "\(error)"))
        }
    }
}
