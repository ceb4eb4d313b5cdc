/* An office's steps, each one transaction on its file.
 * Client/ReplicaEngine+….swift is the code. */

/* top: the last change-set of number num among those of mask; 0 where there is none. */
inline lastOf(mask, num) {
    top = 0;
    at = 1;
    do
    :: at > made -> break
    :: else ->
        if
        :: (mask & BIT(at)) && sets[at].r == num && (top == 0 || sets[at].n > sets[top].n) ->
            top = at
        :: else
        fi;
        at++
    od
}

/* top: the change-set of number num and place n among those of mask; 0 where there is none. */
inline placed(mask, num, nth) {
    top = 0;
    at = 1;
    do
    :: at > made -> break
    :: else ->
        if
        :: (mask & BIT(at)) && sets[at].r == num && sets[at].n == nth -> top = at
        :: else
        fi;
        at++
    od
}

/* Turns what is pending into the next change-set. Two files that seal the same rows make two
 * change-sets: the salt of each is drawn anew. */
inline seal(f) {
    if
    :: files[f].pend ->
        made++;
        assert(made <= SETS);
        sets[made].r = files[f].r;
        sets[made].n = sets[files[f].head].n + 1;
        sets[made].prev = files[f].head;
        sets[made].part = made;
        sets[made].changes = files[f].pend;
        files[f].head = made;
        files[f].history = files[f].history | BIT(made);
        files[f].box = files[f].box | BIT(made);
        files[f].pend = 0
    :: else
    fi
}

/* Drawn once for each need; asked again, it is the same. */
inline wantNumber(f) {
    if
    :: files[f].mend == 0 ->
        incs++;
        assert(incs < INCS);
        files[f].mend = incs
    :: else
    fi
}

/* Goes on under a new number: everything kept is sealed again with the same content and the names
 * that it had. Nothing is drawn anew, so two files that do so alike make the same change-sets. */
inline adopt(f, num) {
    seal(f);
    lastOf(files[f].history, num);
    /* (replica, n) is the key of the history: a number comes to one file only once. */
    assert(top == 0);
    rest = files[f].box;
    files[f].box = 0;
    files[f].head = 0;
    low = files[f].merged != 0;
    high = 0;
    count = 1;
    do
    :: rest == 0 -> break
    :: else ->
        /* The next in the order of n under the old number. */
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
        found = 1;
        do
        :: found > made -> break
        :: sets[found].r == num && sets[found].n == count && sets[found].prev == files[f].head &&
            sets[found].part == sets[next].part &&
            sets[found].names == (sets[next].names | BIT(next)) -> break
        :: else -> found++
        od;
        if
        :: found > made ->
            made++;
            assert(made <= SETS);
            sets[found].r = num;
            sets[found].n = count;
            sets[found].prev = files[f].head;
            sets[found].part = sets[next].part;
            sets[found].changes = sets[next].changes;
            sets[found].names = sets[next].names | BIT(next)
        :: else
        fi;
        if
        :: files[f].merged & BIT(next) ->
            files[f].merged = (files[f].merged & ~BIT(next)) | BIT(found)
        :: else
        fi;
        files[f].head = found;
        files[f].history = files[f].history | BIT(found);
        files[f].box = files[f].box | BIT(found);
        count++
    od;
    files[f].merged = files[f].merged & files[f].box;
    files[f].r = num;
    files[f].token = files[f].mend;
    files[f].mend = 0;
    files[f].ack = 0
}

/* A request: seals, and takes along everything above what is acknowledged. */
inline request(f, o) {
    seal(f);
    net[o].kind = sync;
    net[o].file = f;
    net[o].r = files[f].r;
    net[o].token = files[f].token;
    net[o].head = files[f].head;
    net[o].ack = files[f].ack;
    net[o].asked = files[f].epoch;
    at = 1;
    do
    :: at > made -> break
    :: else ->
        if
        :: (files[f].box & BIT(at)) && sets[at].n > files[f].ack ->
            net[o].sets = net[o].sets | BIT(at)
        :: else
        fi;
        at++
    od;
    at = 0;
    do
    :: at >= EPOCHS -> break
    :: else ->
        net[o].cur[at] = files[f].cur[at];
        net[o].line[at] = files[f].line[at];
#ifdef BREAK_CURSORS
        if
        :: at != files[f].epoch -> net[o].cur[at] = NONE
        :: else
        fi;
#endif
        at++
    od
}

/* The rule of heads, then the commits. rest: the message, which is for this file. */
inline merge(f, o) {
#ifndef BREAK_SEAL
    seal(f);
#endif
    if
    :: net[o].r != files[f].r -> skip
#ifndef BREAK_ASKED
    /* The file has come to another epoch since it asked: whatever this says is of the past. */
    :: net[o].asked != files[f].epoch -> skip
#endif
    :: else ->
        fits = net[o].head == 0 || (files[f].history & BIT(net[o].head));
#ifdef BREAK_JUDGE
        fits = 1;
#endif
        if
        :: !fits -> wantNumber(f)
        :: else -> judge(f, o)
        fi;
        if
        /* A file that was found to be a copy takes nothing until it has a number of its own. */
#ifdef BREAK_COPY_TAKES
        :: fits || 1 -> take(f, o)
#else
        :: fits -> take(f, o)
#endif
        :: else
        fi;
        drop(f, o)
    fi
}

/* low: the centre's last n; high: the acknowledgement as it comes to be. */
inline judge(f, o) {
    low = sets[net[o].head].n;
    /* What the centre had and has no more will be judged anew. */
    at = 1;
    do
    :: at > made -> break
    :: else ->
        if
        :: net[o].toEpoch != files[f].epoch && (files[f].box & BIT(at)) && sets[at].n > low &&
            sets[at].n <= files[f].ack -> files[f].merged = files[f].merged & ~BIT(at)
        :: else
        fi;
        at++
    od;
    high = (files[f].ack < low -> files[f].ack : low);
#ifndef BREAK_OUTCOME
    /* The answer that opens an epoch tells all that was decided since the cut. */
    high = (net[o].toEpoch == files[f].epoch -> high : 0);
#endif
    /* What was said of a commit up to here is known, or the log has brought more since. */
    look = (net[o].toEpoch == files[f].epoch -> files[f].cur[net[o].toEpoch] : net[o].from);
    if
    :: net[o].ack <= high || net[o].toEpoch != files[f].epoch ->
        at = 1;
        do
        :: at > made -> break
        :: else ->
            if
            :: (files[f].box & BIT(at)) && sets[at].n > high && sets[at].n <= low ->
                if
#ifdef BREAK_MERGED
                :: net[o].sets & BIT(at) ->
#elif defined(BREAK_OUTCOME)
                /* As the code is: once, and again where the centre has lost what it had. */
                :: (net[o].sets & BIT(at)) && !(files[f].merged & BIT(at)) ->
#else
                :: (net[o].sets & BIT(at)) && net[o].outcomeAt > look ->
#endif
                    files[f].has = files[f].has & ~CHILD;
                    files[f].refused = files[f].refused | CHILD
#ifndef BREAK_OUTCOME
                /* Refused in a history that is no more, and applied in this one: its own commit
                 * does not come back, so that nothing else would tell. */
                :: !(net[o].sets & BIT(at)) && (sets[at].changes & CHILD) &&
                    net[o].outcomeAt > look ->
                    files[f].has = files[f].has | CHILD;
                    files[f].refused = files[f].refused & ~CHILD
#endif
                :: else
                fi;
                files[f].merged = files[f].merged | BIT(at)
            :: else
            fi;
            at++
        od;
        high = low
    :: else
    fi;
#ifdef BREAK_BELIEF
    if
    :: high > files[f].ack -> files[f].ack = high
    :: else
    fi;
#else
    files[f].ack = high;
#endif
    found = files[f].r;
    next = files[f].ack + 1;
    placed(files[f].box, found, next);
    if
    :: sets[files[f].head].n > files[f].ack && top == 0 -> wantNumber(f); fits = 0
    :: else
    fi
}

/* The commits, only from the present cursor on; or, as the first of an epoch, from below it. */
inline take(f, o) {
    found = files[f].epoch;
    if
#ifdef BREAK_FROM
    :: net[o].toEpoch == found ->
#else
    :: net[o].toEpoch == found && net[o].fromEpoch == found && net[o].from == files[f].cur[found] &&
        net[o].fromLine == files[f].line[found] ->
#endif
        bring(f, o)
    :: net[o].toEpoch != found && net[o].from <= files[f].cur[net[o].fromEpoch] ->
        files[f].epoch = net[o].toEpoch;
        files[f].proven = 0;
        bring(f, o)
    :: else
    fi
}

inline bring(f, o) {
#ifdef BREAK_SEAL
    /* All changes stand for writes of one register: what comes takes the place of what is pending,
     * and the seal reads the register as it then stands. */
    if
    :: net[o].changes & ~files[f].has ->
        files[f].has = files[f].has & ~files[f].pend;
        files[f].pend = 0
    :: else
    fi;
#endif
#ifdef ONCE
    assert((net[o].changes & files[f].has & ~files[f].own) == 0);
#endif
    files[f].cur[net[o].toEpoch] = net[o].to;
    files[f].line[net[o].toEpoch] = net[o].toLine;
    files[f].has = files[f].has | net[o].changes;
    files[f].refused = files[f].refused & ~net[o].changes
}

/* What is covered and acknowledged leaves the outbox. */
inline drop(f, o) {
    low = (net[o].covered < files[f].ack -> net[o].covered : files[f].ack);
#ifdef BREAK_OUTBOX
    low = files[f].ack;
#endif
    at = 1;
    do
    :: at > made -> break
    :: else ->
        if
        :: (files[f].box & BIT(at)) && sets[at].n <= low ->
            files[f].box = files[f].box & ~BIT(at);
            files[f].merged = files[f].merged & ~BIT(at)
        :: else
        fi;
        at++
    od
}

/* What the first comparison of an epoch says: rows that the centre has put into quarantine are put
 * aside here, until the log brings them. */
inline putAside(f, o) {
    if
#ifndef BREAK_COMPARED
    :: net[o].asked != files[f].epoch || net[o].to != files[f].cur[files[f].epoch] -> skip
#endif
    :: else ->
        files[f].refused = files[f].refused | (files[f].has & net[o].changes);
        files[f].has = files[f].has & ~net[o].changes;
        files[f].proven = 1
    fi
}
