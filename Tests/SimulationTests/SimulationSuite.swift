import Testing

/// All suites of this target, one test after the other: a simulation has its process for itself,
/// because SQLite's generator is one for all of it.
@Suite("The simulation", .serialized) enum SimulationSuite {}
