// The cores of this machine.
#pragma once

#include <sched.h>

#include <optional>
#include <vector>

namespace redflag {

/// The cores that this process may run on.
std::vector<int> allowed_cpus();

/// The calling process runs on this core only from now on, if it can. Async-signal-safe.
void pin_to_cpu(int cpu);

/// The calling thread runs on this core only, if one is given, as long as the object lives.
class OnCpu {
 public:
  explicit OnCpu(std::optional<int> cpu);
  ~OnCpu();
  OnCpu(const OnCpu&) = delete;
  OnCpu& operator=(const OnCpu&) = delete;

 private:
  cpu_set_t before_ = {};
  bool pinned_ = false;
};

}  // namespace redflag
