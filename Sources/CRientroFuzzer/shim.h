// libFuzzer as a library (https://llvm.org/docs/LibFuzzer.html): the toolchain has no header for it.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Runs `one` on made inputs until it is told to end; returns its exit code, if it returns at all.
extern int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*one)(const uint8_t *data, size_t size));
