// Runs a program's body again and again, and notes on the status page what each execution did.
#pragma once

#include <redflag/scenario.h>

#include <chrono>
#include <cstdint>

#include "process/status_page.h"

namespace redflag {

struct Limits {
  std::uint64_t executions = 1000;
  std::chrono::duration<double> time{1.0};  ///< no execution begins after it
};

/// Runs `program.body` until a limit is reached, or so many threads have outlived their execution
/// that the next one would say little. Not thread-safe: call it once, from main().
void run_executions(const Program& program, const Limits& limits, StatusPage& page);

}  // namespace redflag
