internal import CRientroSQLite

extension FileHandle {
    /// Gives the address of a region, which stays where it is. Where it is missing it is made, or
    /// else, unless `extends`, the address is nil.
    func map(
        _ index: Int, regionBytes: Int, extends: Bool,
        _ address: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> Int32 {
        address.pointee = nil
        guard isAlive else { return SQLITE_IOERR }
        if memory == nil {
            let mapped = file.memory ?? SharedMemory()
            mapped.mappings += 1
            file.memory = mapped
            memory = mapped
        }
        guard let memory else { return SQLITE_IOERR }
        if extends && memory.region(index) == nil {
            let missing = (index + 1) * regionBytes - memory.byteCount
            guard disk.hasRoom(forFurther: missing) else {
                return ResultCode.sharedMemoryCannotGrow
            }
            memory.grow(to: index, regionBytes: regionBytes)
        }
        address.pointee = memory.region(index)
        return SQLITE_OK
    }

    /// Takes or gives back lock slots, shared or alone.
    func lockSlots(_ slots: Range<Int>, flags: Int32) -> Int32 {
        guard isAlive, let memory else { return SQLITE_IOERR }
        if flags & SQLITE_SHM_UNLOCK != 0 {
            release(slots)
            return SQLITE_OK
        }
        ProcessRandomness.take(for: disk)
        if flags & SQLITE_SHM_SHARED != 0 {
            for slot in slots where sharedSlots & (1 << slot) == 0 {
                guard memory.share(slot) else { return SQLITE_BUSY }
                sharedSlots |= 1 << slot
            }
        } else {
            guard memory.own(slots, number) else { return SQLITE_BUSY }
            for slot in slots { ownedSlots |= 1 << slot }
        }
        return SQLITE_OK
    }

    /// Lets go of the memory. As soon as nobody has mapped it, the next one starts afresh.
    func unmap() {
        guard isAlive, let memory else { return }
        release(0..<Int(SQLITE_SHM_NLOCK))
        memory.mappings -= 1
        if memory.mappings == 0 && file.memory === memory { file.memory = nil }
        self.memory = nil
    }

    private func release(_ slots: Range<Int>) {
        for slot in slots {
            let bit: UInt8 = 1 << slot
            if sharedSlots & bit != 0 { memory?.stopSharing(slot) }
            if ownedSlots & bit != 0 { memory?.stopOwning(slot) }
            sharedSlots &= ~bit
            ownedSlots &= ~bit
        }
    }
}
