internal import CRientroSQLite

/// The locks that handles hold on one file, by SQLite's five levels
/// (<https://www.sqlite.org/lockingv3.html>): many may share, one may have reserved what it will
/// write, and it waits as *pending* for the readers to go before it is alone.
///
/// The level of each handle stands in the handle; here is what all of them add up to.
final class FileLocks {
    private var sharing = 0
    /// The handle above shared, if any: there is never more than one.
    private var writer: Int?
    private var writerLevel = SQLITE_LOCK_NONE

    /// Whether any handle means to write.
    var isReserved: Bool { writer != nil }

    /// The level that the handle has after asking for `wanted`: lower than that if others are in
    /// the way.
    func raise(_ handle: Int, from level: Int32, to wanted: Int32) -> Int32 {
        guard wanted > level else { return level }
        if wanted == SQLITE_LOCK_SHARED {
            // A pending writer lets no new reader in, or it would wait for ever.
            if writer != nil && writerLevel >= SQLITE_LOCK_PENDING { return level }
            sharing += 1
            return wanted
        }
        if let writer, writer != handle { return level }
        writer = handle
        writerLevel = wanted
        // Only others who share are in the way of being alone.
        if wanted == SQLITE_LOCK_EXCLUSIVE && sharing > 1 { writerLevel = SQLITE_LOCK_PENDING }
        return writerLevel
    }

    /// The handle, which is at `level`, goes down to shared or to none.
    func lower(_ handle: Int, from level: Int32, to wanted: Int32) {
        guard wanted < level else { return }
        if writer == handle {
            writer = nil
            writerLevel = SQLITE_LOCK_NONE
        }
        if wanted == SQLITE_LOCK_NONE && level >= SQLITE_LOCK_SHARED { sharing -= 1 }
    }

    /// The machine has stopped: nobody holds anything.
    func clear() {
        sharing = 0
        writer = nil
        writerLevel = SQLITE_LOCK_NONE
    }
}
