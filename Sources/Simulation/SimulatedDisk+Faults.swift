extension SimulatedDisk {
    /// The process dies: all that it wrote stays, as the operating system lives on; locks and
    /// shared memory vanish. Connections of before fail in everything and can only be closed.
    package func kill() { stop() }

    /// The power fails: of the operations on each file since its last sync each is kept, lost or
    /// torn, sector by sector; a file never synced may be missing, one deleted may be back. What
    /// is left is durable. Also possible after the machine has died.
    package func powerCut() {
        loseNames()
        stop()
        for path in names.keys.sorted() { names[path]?.losePower(&fate) }
    }

    /// Starts the machine again: new connections may be opened. Those of before stay dead.
    package func revive() { isDead = false }

    /// Ends this life of the machine.
    func stop() {
        isDead = true
        life += 1
        // The order does not matter: each file forgets by itself.
        for file in names.values { file.forgetHandles() }
    }
}
