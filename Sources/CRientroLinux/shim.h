// Linux's own headers that `import Glibc` does not show.
#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/socket.h>

// glibc declares it only under _GNU_SOURCE, which must not be defined here: it changes fd_set
// against the Glibc module.
extern int accept4(int, struct sockaddr *, socklen_t *, int);

// The same holds for this one, by which two folders change places in one step.
extern int renameat2(int, const char *, int, const char *, unsigned int);
