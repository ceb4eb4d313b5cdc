/* The sync protocol: who may do what when, and what must hold. See README.md. */

#include "world.pml"
#include "office.pml"
#include "centre.pml"

inline clear(o) {
    net[o].kind = EMPTY;
    net[o].file = 0;
    net[o].r = 0;
    net[o].token = 0;
    net[o].head = 0;
    net[o].ack = 0;
    net[o].sets = 0;
    net[o].asked = 0;
    net[o].fromEpoch = 0;
    net[o].from = 0;
    net[o].fromLine = 0;
    net[o].toEpoch = 0;
    net[o].to = 0;
    net[o].toLine = 0;
    net[o].changes = 0;
    net[o].outcomeAt = 0;
    net[o].covered = 0;
    at = 0;
    do
    :: at >= EPOCHS -> break
    :: else -> net[o].cur[at] = 0; net[o].line[at] = 0; at++
    od
}

inline copyMessage(o, p) {
    net[p].kind = net[o].kind;
    net[p].file = net[o].file;
    net[p].r = net[o].r;
    net[p].token = net[o].token;
    net[p].head = net[o].head;
    net[p].ack = net[o].ack;
    net[p].sets = net[o].sets;
    net[p].asked = net[o].asked;
    net[p].fromEpoch = net[o].fromEpoch;
    net[p].from = net[o].from;
    net[p].fromLine = net[o].fromLine;
    net[p].toEpoch = net[o].toEpoch;
    net[p].to = net[o].to;
    net[p].toLine = net[o].toLine;
    net[p].changes = net[o].changes;
    net[p].outcomeAt = net[o].outcomeAt;
    net[p].covered = net[o].covered;
    at = 0;
    do
    :: at >= EPOCHS -> break
    :: else -> net[p].cur[at] = net[o].cur[at]; net[p].line[at] = net[o].line[at]; at++
    od
}

#define HOLDS(f) (files[f].own | files[f].has | files[f].refused)
#define LIVING(f, what) (files[f].alive -> (what) : 0)
#define ANYONE (LIVING(0, HOLDS(0)) | LIVING(1, HOLDS(1)) | LIVING(2, HOLDS(2)))
#define OWNED (LIVING(0, files[0].own) | LIVING(1, files[1].own) | LIVING(2, files[2].own))

/* What nobody has any more: two disks are gone at once, which no law promises to survive. */
inline excuse() {
    excused = (excused | ((BIT(written) - 1) & ~(db.rows | db.quar | ANYONE))) & ~ANYONE
}

inline copyFile(a, b) {
    files[b].r = files[a].r;
    files[b].token = files[a].token;
    files[b].head = files[a].head;
    files[b].history = files[a].history;
    files[b].box = files[a].box;
    files[b].merged = files[a].merged;
    files[b].ack = files[a].ack;
    files[b].pend = files[a].pend;
    files[b].has = files[a].has;
    files[b].refused = files[a].refused;
    files[b].mend = files[a].mend;
    files[b].epoch = files[a].epoch;
    files[b].proven = files[a].proven;
    files[b].own = files[a].own;
    at = 0;
    do
    :: at >= EPOCHS -> break
    :: else ->
        files[b].cur[at] = files[a].cur[at];
        files[b].line[at] = files[a].line[at];
        at++
    od
}

/* The image has served its turn; what is left of it would only make more states. */
inline forgetImage() {
    files[COPY].history = 0;
    files[COPY].box = 0;
    files[COPY].merged = 0;
    files[COPY].pend = 0;
    files[COPY].has = 0;
    files[COPY].own = 0;
    files[COPY].head = 0;
    files[COPY].ack = 0;
    files[COPY].refused = 0;
    files[COPY].epoch = 0;
    at = 0;
    do
    :: at >= EPOCHS -> break
    :: else -> files[COPY].cur[at] = 0; files[COPY].line[at] = 0; at++
    od
}

#if SLOTS == 1
#define ON_WAY(f) (net[0].kind != EMPTY && net[0].file == f)
#define ROOM (net[0].kind == EMPTY)
#define FREE 0
#elif SLOTS == 2
#define ON_WAY(f) ((net[0].kind != EMPTY && net[0].file == f) || \
    (net[1].kind != EMPTY && net[1].file == f))
#define ROOM (net[0].kind == EMPTY || net[1].kind == EMPTY)
#define FREE (net[0].kind == EMPTY -> 0 : 1)
#else
#define ON_WAY(f) ((net[0].kind != EMPTY && net[0].file == f) \
    || (net[1].kind != EMPTY && net[1].file == f) || (net[2].kind != EMPTY && net[2].file == f))
#define ROOM (net[0].kind == EMPTY || net[1].kind == EMPTY || net[2].kind == EMPTY)
#define FREE (net[0].kind == EMPTY -> 0 : (net[1].kind == EMPTY -> 1 : 2))
#endif

/* Whether a file has seen the whole log, as a look at both would tell. An office does not know; it
 * asks now and then. A request that neither finds nor changes anything is left out. */
#define SEES(f) (files[f].epoch == epoch && files[f].cur[epoch] == db.size \
    && (db.size == 0 || files[f].line[epoch] == line[db.size]))
#define SENT(f) (files[f].pend == 0 && files[f].ack == sets[files[f].head].n)
#define QUIET(f) (!files[f].alive || (files[f].mend == 0 && SENT(f) && SEES(f) \
    && (epoch == 0 || files[f].proven)))
#define MAY_SEND(f) (files[f].alive && ROOM && (!ON_WAY(f) || spares > 0))

inline send(f) {
    high = FREE;
    if
    :: ON_WAY(f) -> spares--
    :: else
    fi
}

inline said(f) {
    printf("%d has %x as %d: head %d, acknowledged %d, epoch %d, cursor %d, keeps %x, aside %x\n",
        f, files[f].has, files[f].r, files[f].head, files[f].ack, files[f].epoch,
        files[f].cur[files[f].epoch], files[f].box, files[f].refused)
}

/* The greatest number that the file ever had goes along. */
inline greatest(f, o) {
    net[o].r = files[f].r;
    at = 1;
    do
    :: at > made -> break
    :: else ->
        if
        :: (files[f].history & BIT(at)) && sets[at].r > net[o].r -> net[o].r = sets[at].r
        :: else
        fi;
        at++
    od
}

proctype Office(byte f) {
end:
    do
    :: d_step {
        files[f].alive && written < CHANGES ->
        files[f].pend = files[f].pend | BIT(written);
        files[f].has = files[f].has | BIT(written);
        files[f].own = files[f].own | BIT(written);
        written++;
        skip
    }
    :: d_step {
        MAY_SEND(f) && files[f].mend == 0 && !(SENT(f) && SEES(f)) && !stopped ->
        send(f);
        request(f, high);
        printf("%d asks as %d: head %d, acknowledged %d, sends %x\n", f, files[f].r,
            files[f].head, files[f].ack, net[high].sets);
        skip
    }
    :: d_step {
        MAY_SEND(f) && files[f].mend != 0 ->
        send(f);
        net[high].kind = ask;
        net[high].file = f;
        net[high].token = files[f].mend;
#ifndef BREAK_GREATEST
        greatest(f, high);
#endif
        printf("%d asks for a number\n", f);
        skip
    }
    :: d_step {
        /* A statement about one cursor, with nothing of its own on the way. */
        MAY_SEND(f) && files[f].mend == 0 && SENT(f) && SEES(f) && epoch > 0 &&
            !files[f].proven ->
        send(f);
        net[high].kind = compare;
        net[high].file = f;
        net[high].asked = files[f].epoch;
        net[high].to = files[f].cur[epoch];
        net[high].toLine = (db.size == 0 -> 0 : files[f].line[epoch]);
        net[high].changes = files[f].has | files[f].refused;
        skip
    }
    od
}

/* A message arrives, or what came of it goes on, in any order with all others. */
proctype Line(byte o) {
end:
    do
    :: d_step {
        net[o].kind == sync ->
        if
        :: db.grant[net[o].token] != net[o].r -> net[o].kind = unknown; net[o].sets = 0; forget(o)
        :: else ->
#ifdef BREAK_DURABLE
            backUp();
#endif
            push(o);
            printf("centre commits for %d: log %d, rows %x\n", net[o].r, db.size, db.rows)
        fi;
        skip
    }
    :: d_step {
        net[o].kind == pushed ->
        reply(o);
        printf("centre answers %d (%e)\n", net[o].r, net[o].kind);
        skip
    }
    :: d_step { net[o].kind == ask -> giveNumber(o); skip }
    :: d_step { net[o].kind == compare -> lookAt(o); skip }
    :: d_step {
        net[o].kind == answer ->
        who = net[o].file;
        if
        :: files[who].alive -> merge(who, o); said(who)
        :: else
        fi;
        clear(o);
        skip
    }
    :: d_step {
        net[o].kind == unknown ->
        who = net[o].file;
        if
        :: files[who].r == net[o].r && files[who].alive -> wantNumber(who)
        :: else
        fi;
        clear(o);
        skip
    }
    :: d_step { net[o].kind == putBack -> stopped = isPutBack; clear(o); skip }
    :: d_step {
        net[o].kind == number ->
        who = net[o].file;
        given = net[o].r;
        if
        :: files[who].mend == net[o].token && files[who].alive -> adopt(who, given); said(who)
        :: else
        fi;
        clear(o);
        skip
    }
    :: d_step {
        net[o].kind == compared ->
        who = net[o].file;
        if
        :: files[who].alive -> putAside(who, o); said(who)
        :: else
        fi;
        clear(o);
        skip
    }
    :: d_step {
        net[o].kind != EMPTY && losses > 0 ->
        losses--;
        clear(o);
        printf("%d is lost\n", o);
        skip
    }
    :: d_step {
        net[o].kind != EMPTY && net[o].kind != pushed && doubles > 0 && ROOM ->
        doubles--;
        high = FREE;
        copyMessage(o, high);
        printf("%d (%e) is doubled\n", o, net[o].kind);
        skip
    }
    od
}

#ifndef DIVERGED
#define DIVERGED 0
#endif

/* What people and disks do. */
proctype World() {
end:
    do
    :: d_step {
        copies > 0 ->
        copies--;
        copyFile(0, COPY);
        files[COPY].alive = 1;
        printf("A is copied\n");
        skip
    }
    :: d_step {
        rollbacks > 0 && !saved ->
        saved = 1;
        copyFile(0, COPY);
        printf("A is saved\n");
        skip
    }
    :: d_step {
        rollbacks > 0 && saved ->
        rollbacks--;
        saved = 0;
        copyFile(COPY, 0);
        forgetImage();
        excuse();
        printf("A is put back\n");
        skip
    }
    :: d_step { deaths > 0 -> deaths--; files[0].alive = 0; excuse(); skip }
    :: d_step {
        PARENTS && !db.parent ->
        db.parent = 1;
        printf("the parent is there\n");
        if
        :: db.quar & CHILD ->
            log(0);
            db.rows = db.rows | CHILD;
            db.quar = db.quar & ~CHILD
        :: else
        fi;
        skip
    }
    /* None between a putting back and the restore: see README.md. */
    :: d_step {
        backups > 0 && (!isPutBack || DIVERGED) ->
        backups--;
        backUp();
        printf("backup at %d\n", db.size);
        skip
    }
#ifdef MIRROR
    :: d_step { restores > 0 -> restores--; stopServer(); beginEpoch(); excuse(); skip }
#else
    :: d_step {
        restores > 0 && !isPutBack ->
        restores--;
        restore(0);
        printf("restored, the last: log %d\n", db.size);
        skip
    }
    :: d_step {
        restores > 0 && !isPutBack ->
        restores--;
        restore(1);
        printf("restored, the last but one: log %d\n", db.size);
        skip
    }
#endif
    :: d_step {
        putbacks > 0 ->
        putbacks--;
        goBack(0);
        isPutBack = 1;
        excuse();
        printf("the centre is put back\n");
        skip
    }
    :: d_step {
        stopped && isPutBack ->
        restore(0);
        printf("restored, the last: log %d\n", db.size);
        skip
    }
#ifdef BREAK_DURABLE
    :: d_step { losses > 0 -> losses--; goBack(0); skip }
#endif
    od
}

/* Once nothing can happen any more, all must agree. */
inline check(f) {
    assert(QUIET(f));
    assert(!files[f].alive || files[f].has == db.rows)
}

init {
    d_step {
        db.numbers = 2;
        db.grant[1] = 1;
        db.grant[2] = 2;
        db.epochs = 1;
        first[0] = 1;
        incs = 2;
        backUp();
        backUp();
        count = 0;
        do
        :: count >= FILES -> break
        :: else ->
            files[count].r = count + 1;
            files[count].token = count + 1;
            look = 1;
            do
            :: look >= EPOCHS -> break
            :: else -> files[count].cur[look] = NONE; look++
            od;
            count++
        od;
        files[0].alive = 1;
        files[1].alive = 1 - ALONE
    }
    atomic {
        run Office(0);
        run Office(1);
        if
        :: COPIES > 0 -> run Office(2)
        :: else
        fi;
        count = 0;
        do
        :: count >= SLOTS -> break
        :: else -> run Line(count); count++
        od;
        run World()
    }
    timeout -> d_step {
        check(0);
        check(1);
        check(2);
        /* What an office wrote has come from it; what only others had waits for a person. */
        assert((OWNED & ~(db.rows | (PARENTS -> db.quar & CHILD : 0))) == 0);
        assert(((BIT(written) - 1) & ~(db.rows | db.quar | excused)) == 0)
    }
}
