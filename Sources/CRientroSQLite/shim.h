// The system's SQLite, and the few things of its header that Swift cannot import by itself:
// a macro that casts a number to a function pointer, and variadic functions.
#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT: SQLite makes its own copy of the bytes before the call returns.
static inline int rientro_bind_text(sqlite3_stmt *s, int i, const char *p, sqlite3_uint64 n) {
    return sqlite3_bind_text64(s, i, p, n, SQLITE_TRANSIENT, SQLITE_UTF8);
}
static inline int rientro_bind_blob(sqlite3_stmt *s, int i, const void *p, sqlite3_uint64 n) {
    return sqlite3_bind_blob64(s, i, p, n, SQLITE_TRANSIENT);
}

/// SQLITE_DBCONFIG_ENABLE_TRIGGER: whether statements of this connection fire triggers.
static inline int rientro_enable_triggers(sqlite3 *db, int enabled) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, enabled, (int *)0);
}
