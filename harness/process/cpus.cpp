#include "process/cpus.h"

namespace redflag {

std::vector<int> allowed_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<unsigned>(cpu), &set)) cpus.push_back(cpu);
  }
  return cpus;
}

void pin_to_cpu(int cpu) {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(static_cast<unsigned>(cpu), &cpus);
  sched_setaffinity(0, sizeof cpus, &cpus);  // only a wish: what runs is as good without
}

OnCpu::OnCpu(std::optional<int> cpu) {
  if (!cpu || sched_getaffinity(0, sizeof before_, &before_) != 0) return;
  pinned_ = true;
  pin_to_cpu(*cpu);
}

OnCpu::~OnCpu() {
  if (pinned_) sched_setaffinity(0, sizeof before_, &before_);
}

}  // namespace redflag
