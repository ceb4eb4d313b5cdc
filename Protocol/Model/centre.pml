/* The centre's steps, each one transaction on its database, or a person's act.
 * Server/CentreEngine+….swift is the code; of restore there is none yet. */

/* Appends a commit. */
inline log(what) {
    db.size++;
    assert(db.size <= LOG);
    logged[db.size] = what;
    line[db.size] = timeline
}

/* What a commit brings: without what was refused. */
#define CONTENT(c) (logged[c] == 0 -> CHILD : \
    (db.refusing & BIT(sets[logged[c]].part) -> sets[logged[c]].changes & ~CHILD \
        : sets[logged[c]].changes))

inline record(c) {
    db.known = db.known | BIT(c);
#ifndef BREAK_RECORD
    db.named = db.named | sets[c].names;
#endif
}

/* One change-set by the rule of heads. */
inline ingest(c) {
    found = sets[c].r;
    lastOf(db.known, found);
    if
    :: db.known & BIT(c) -> skip                            /* already applied */
    :: else ->
        if
        :: sets[c].n <= sets[top].n -> skip                 /* foreign */
#ifndef BREAK_GAP
        :: sets[c].n > sets[top].n + 1 -> skip              /* gap */
#endif
#ifndef BREAK_HEAD
        :: sets[c].n == sets[top].n + 1 && sets[c].prev != top -> skip      /* foreign */
#endif
        :: else ->
            if
#ifdef BREAK_NAMES
            :: 0 -> skip
#elif defined(BREAK_MET)
            /* As the code was before this model: its own name was not looked for. */
            :: sets[c].names & (db.known | db.named) -> record(c)
#else
            :: (sets[c].names | BIT(c)) & (db.known | db.named) -> record(c)
#endif
            :: else -> apply(c)
            fi
        fi
    fi
}

inline apply(c) {
    /* Exactly once: no content stands in the log twice. */
    at = 1;
    do
    :: at > db.size -> break
    :: else ->
        assert(logged[at] == 0 || sets[logged[at]].part != sets[c].part);
        at++
    od;
    record(c);
    if
    :: PARENTS && !db.parent && (sets[c].changes & CHILD) && !(db.rows & CHILD) ->
        db.refusing = db.refusing | BIT(sets[c].part);
        db.quar = db.quar | CHILD;
        db.rows = db.rows | (sets[c].changes & ~CHILD)
    :: else ->
        db.rows = db.rows | sets[c].changes;
        db.quar = db.quar & ~sets[c].changes
    fi;
    log(c)
}

/* The change-sets of a request, in one transaction. */
inline push(o) {
    rest = net[o].sets;
    do
    :: rest == 0 -> break
    :: else ->
        next = 0;
        look = 1;
        do
        :: look > made -> break
        :: else ->
            if
            :: (rest & BIT(look)) && (next == 0 || sets[look].n < sets[next].n) -> next = look
            :: else
            fi;
            look++
        od;
        rest = rest & ~BIT(next);
        ingest(next)
    od;
    net[o].kind = pushed
}

/* found: the epoch of the cursor that counts, the newest that is known here; NONE for none. */
inline newestKnown(o) {
    found = NONE;
    at = EPOCHS;
    do
    :: at == 0 || found != NONE -> break
    :: else ->
        at--;
        if
        :: net[o].cur[at] != NONE && (db.epochs & BIT(at)) -> found = at
        :: else
        fi
    od;
    /* The one that came last stands first, whatever its at among those of the centre. */
    if
    :: net[o].cur[net[o].asked] != NONE && (db.epochs & BIT(net[o].asked)) -> found = net[o].asked
    :: else
    fi
}

/* low: where the answer begins; fits: whether there is such a place. */
inline start(o) {
    fits = 1;
    newestKnown(o);
    assert(found != NONE);
    low = net[o].cur[found];
    /* next: the epoch after it here. */
    next = found + 1;
    do
    :: next >= EPOCHS -> break
    :: next < EPOCHS && (db.epochs & BIT(next)) -> break
    :: else -> next++
    od;
    if
#ifndef BREAK_CUT
    :: next < EPOCHS && low >= first[next] -> low = first[next] - 1
#else
    :: next < EPOCHS && low >= first[next] -> low = (low > db.size -> db.size : low)
#endif
#ifdef BREAK_CHAIN
    :: else -> low = (low > db.size -> db.size : low)
#else
    :: else -> fits = low <= db.size && (low == 0 || line[low] == net[o].line[found])
#endif
    fi
}

/* The answer, built in a transaction after the one that pushed. */
inline reply(o) {
    start(o);
    if
    :: !fits -> net[o].kind = putBack
    :: else ->
        net[o].kind = answer;
        net[o].fromEpoch = found;
        net[o].from = low;
        net[o].fromLine = (low == 0 -> 0 : line[low]);
        net[o].toEpoch = epoch;
        net[o].to = (low + COMMITS < db.size -> low + COMMITS : db.size);
        net[o].toLine = (net[o].to == 0 -> 0 : line[net[o].to]);
        /* What is its own, was applied as sent, and is covered by its head, is left out. */
        high = (net[o].head != 0 && (db.known & BIT(net[o].head)) -> sets[net[o].head].n : 0);
#ifdef BREAK_OWN
        high = NONE;
#endif
        net[o].changes = 0;
        at = low + 1;
        do
        :: at > net[o].to -> break
        :: else ->
            if
            :: logged[at] != 0 && sets[logged[at]].r == net[o].r &&
                sets[logged[at]].n <= high &&
                !(db.refusing & BIT(sets[logged[at]].part)) -> skip
            :: else -> net[o].changes = net[o].changes | CONTENT(at)
            fi;
            at++
        od;
        net[o].sets = 0;
        net[o].outcomeAt = 0;
        at = 1;
        do
        :: at > db.size -> break
        :: else ->
            if
            :: logged[at] != 0 && (sets[logged[at]].changes & CHILD) &&
                net[o].outcomeAt == 0 -> net[o].outcomeAt = at
            :: else
            fi;
            at++
        od;
        /* Whoever comes from another epoch has heard of no commit since the cut. */
        low = (net[o].asked == epoch -> net[o].ack : 0);
        at = 1;
        do
        :: at > made -> break
        :: else ->
            if
            :: (db.known & BIT(at)) && sets[at].r == net[o].r && sets[at].n > low &&
                (db.refusing & BIT(sets[at].part)) -> net[o].sets = net[o].sets | BIT(at)
            :: else
            fi;
            at++
        od;
#ifdef BREAK_COVERED
        found = net[o].r;
        lastOf(backup[0].known, found);
#else
        found = net[o].r;
        lastOf(backup[1].known, found);
#endif
        net[o].covered = sets[top].n;
        lastOf(db.known, found);
        net[o].head = top
    fi;
    forget(o)
}

/* What the answer does not carry of the request. */
inline forget(o) {
    net[o].token = 0;
    at = 0;
    do
    :: at >= EPOCHS -> break
    :: else -> net[o].cur[at] = 0; net[o].line[at] = 0; at++
    od
}

/* A number for an incarnation; asked again, the same. Where the token is not known, a person has
 * made a code for it. */
inline giveNumber(o) {
    if
    :: db.grant[net[o].token] == 0 ->
        /* Above the greatest that the file ever had: after a second restore of one backup the
         * centre would come to the same numbers again. */
        db.numbers = (net[o].r > db.numbers -> net[o].r : db.numbers) + 1;
        db.grant[net[o].token] = db.numbers
    :: else
    fi;
    net[o].r = db.grant[net[o].token];
    net[o].kind = number
}

/* The first comparison of an epoch, upwards too: what an office has and the centre has not, is put
 * into quarantine, unless its author brings it. */
inline lookAt(o) {
    if
    :: net[o].asked != epoch || net[o].to != db.size || net[o].toLine != line[db.size] ->
        clear(o)
    :: else ->
        net[o].changes = net[o].changes & ~db.rows;
#ifndef BREAK_UPWARDS
        db.quar = db.quar | net[o].changes;
#endif
        net[o].kind = compared
    fi
}

inline copyCentre(from, into) {
    into.size = from.size;
    into.known = from.known;
    into.named = from.named;
    into.refusing = from.refusing;
    into.rows = from.rows;
    into.quar = from.quar;
    into.parent = from.parent;
    into.numbers = from.numbers;
    into.epochs = from.epochs;
    at = 0;
    do
    :: at >= INCS -> break
    :: else -> into.grant[at] = from.grant[at]; at++
    od
}

inline backUp() {
    copyCentre(backup[0], backup[1]);
    copyCentre(db, backup[0])
}

/* What the server held in its hands is gone with it; what is on the line stays there. */
inline stopServer() {
    count = 0;
    do
    :: count >= SLOTS -> break
    :: else ->
        if
        :: net[count].kind == pushed -> clear(count)
        :: else
        fi;
        count++
    od
}

/* The centre's database becomes what a backup holds; what was logged since is gone. */
inline goBack(b) {
    copyCentre(backup[b], db);
    at = db.size + 1;
    do
    :: at > LOG -> break
    :: else -> logged[at] = 0; line[at] = 0; at++
    od;
    timeline++;
    stopServer()
}

/* A new epoch, and numbers that were never given. */
inline beginEpoch() {
#ifdef BREAK_EPOCH
    skip;
#else
    epoch++;
    assert(epoch < EPOCHS);
    first[epoch] = db.size + 1;
    db.epochs = db.epochs | BIT(epoch);
#endif
    db.numbers = db.numbers + SKIP;
    stopped = 0;
    isPutBack = 0
}

inline restore(b) {
    goBack(b);
    if
#ifndef BREAK_NEWER
    /* A newer one is of a history that is no more: it must not count as a backup of this one. */
    :: b == 1 -> copyCentre(backup[1], backup[0])
#endif
    :: else
    fi;
    beginEpoch();
    excuse()
}
