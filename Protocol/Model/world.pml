/* The sync protocol as a model: what the world is made of. Included by protocol.pml.
 *
 * A change is a bit. A change-set is an id, which stands for its hash; a hash says all that came
 * before, and so does the id. A commit is a place in the log with the timeline that it was written
 * in: the pair stands for the hash of the chain. README.md says what else is left out, and why.
 */

#ifndef CHANGES
#define CHANGES 3           /* writes in all, by whichever office */
#endif
#ifndef SETS
#define SETS 8              /* change-sets ever sealed, under every name; at most 14 */
#endif
#ifndef SLOTS
#define SLOTS 2             /* messages on the way at once */
#endif
#ifndef LOSSES
#define LOSSES 0            /* a message lost; a crash of either side loses what it held */
#endif
#ifndef DOUBLES
#define DOUBLES 0           /* a message doubled, which may then come late */
#endif
#ifndef SPARES
#define SPARES 0            /* a second request while one is on the way: two programs, one file */
#endif
#ifndef COPIES
#define COPIES 0            /* 1: A's file is copied, and both are used */
#endif
#ifndef ROLLBACKS
#define ROLLBACKS 0         /* 1: A's file is put back from an old copy */
#endif
#ifndef DEATHS
#define DEATHS 0            /* 1: A's machine is lost, for ever */
#endif
#ifndef BACKUPS
#define BACKUPS 0           /* backups of the centre after the empty one that it begins with */
#endif
#ifndef RESTORES
#define RESTORES 0
#endif
#ifndef PUTBACKS
#define PUTBACKS 0          /* the centre's file put back without `restore` */
#endif
#ifndef PARENTS
#define PARENTS 0           /* 1: the change CHILD is refused until the centre makes its parent */
#endif
#ifndef CHILD
#define CHILD 1             /* the bit of a change: the first that is written; 2: the second */
#endif
#ifndef ALONE
#define ALONE 0             /* 1: there is no B */
#endif
#ifndef COMMITS
#define COMMITS 9           /* commits that one answer brings at most */
#endif

#define FILES 3             /* A, B, and A's copy, or the image that A is put back from */
#define COPY 2
#ifndef LOG
#define LOG (CHANGES + PARENTS + 1)     /* places in the log */
#endif
#define EPOCHS (1 + RESTORES + PUTBACKS)
#ifndef INCS
#define INCS 6              /* incarnations: one makes a number and its token */
#endif
#define NONE 255            /* no cursor in this epoch */
#ifdef BREAK_SKIP
#define SKIP 0
#else
#define SKIP 4              /* stands for 4,096: more than are given in one epoch */
#endif
#define BIT(x) (1 << (x))

/* What a change-set's hash covers. Never changed once made. */
typedef Set {
    byte r;                 /* the number it was sealed under */
    byte n;
    byte prev;              /* the change-set before it */
    byte part;              /* the change-set that first had this content and this salt */
    byte changes;
    short names             /* the change-sets that it was before */
};
Set sets[SETS + 1];         /* 0 stands for no change-set, whose hash is zero */
byte made;

/* One office's file. */
typedef File {
    bit alive;
    byte r;                 /* its number */
    byte token;
    byte head;
    short history;            /* all that it ever sealed, for ever */
    short box;              /* what it keeps */
    short merged;             /* whose outcome it has, of those it keeps */
    byte ack;               /* acknowledged, and outcomes merged: the code sets both to one value */
    byte pend;
    byte has;               /* the rows in its tables */
    byte refused;           /* the rows that were put aside */
    byte mend;              /* the incarnation id of the request for a new number */
    byte epoch;             /* the newest that it has seen */
    byte cur[EPOCHS];       /* its cursor in each */
    byte line[EPOCHS];
    bit proven;             /* whether this epoch's comparison is done */
    byte own                /* for the check alone: all that was ever written in this file */
};
File files[FILES];

/* The centre's database. The log stands beside it: a backup's log is a beginning of it. */
typedef Centre {
    byte size;              /* commits */
    short known;            /* change-sets on record */
    short named;            /* earlier names on record */
    short refusing;           /* contents of which CHILD was refused */
    byte rows;
    byte quar;
    bit parent;
    byte numbers;           /* the last number given */
    byte grant[INCS];       /* the number of each token */
    byte epochs             /* the epochs that it knows */
};
Centre db;
Centre backup[2];           /* 0: the last; 1: the last but one */
byte logged[LOG + 1];       /* the change-set of each commit; 0: an act of the centre's */
byte line[LOG + 1];
byte first[EPOCHS];         /* the first commit of each epoch */
byte epoch;                 /* the last epoch made: the centre's own */
byte timeline;
byte incs;

/* A message on the way, or in the hands of the server. */
#define EMPTY 0
mtype = { sync, pushed, answer, unknown, putBack, ask, number, compare, compared };
typedef Message {
    mtype kind;
    byte file;
    byte r;
    byte token;             /* of who asks; in `ask` and `number` the incarnation */
    byte head;              /* the sender's head; in an answer the centre's for this number */
    byte ack;               /* up to which outcomes the sender had them */
    short sets;             /* in an answer: those of which CHILD was refused */
    byte asked;             /* the newest epoch of the request, which the answer repeats */
    byte cur[EPOCHS];
    byte line[EPOCHS];
    byte fromEpoch;
    byte from;
    byte fromLine;
    byte toEpoch;
    byte to;
    byte toLine;
    byte changes;           /* what the commits bring */
    byte outcomeAt;         /* the commit that the outcome of CHILD is of */
    byte covered
};
Message net[SLOTS];

/* What is left of the faults, and what the check knows. */
byte written;
byte losses = LOSSES;
byte doubles = DOUBLES;
byte spares = SPARES;
byte copies = COPIES;
byte rollbacks = ROLLBACKS;
byte deaths = DEATHS;
byte backups = BACKUPS;
byte restores = RESTORES;
byte putbacks = PUTBACKS;
bit saved;                  /* an image of A's file lies ready */
bit stopped;                /* an office has said that the centre was put back */
bit isPutBack;
byte excused;               /* no file that lives and no backup had it any more: no law asks it */

/* Scratch, never read before it is written in the same step: no part of the state. */
hidden byte at;
hidden byte count;
hidden byte look;
hidden byte found;
hidden byte next;
hidden byte top;
hidden byte who;
hidden byte given;
hidden byte low;
hidden byte high;
hidden short rest;
hidden byte fits;
