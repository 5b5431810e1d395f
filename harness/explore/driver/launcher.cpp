#include "explore/driver/launcher.h"

#include <sched.h>

#include <algorithm>

#include "process/cpus.h"

namespace redflag {

Launcher::Launcher(const Target& target, const SearchOptions& options)
    : target_(target),
      options_(options),
      fresh_(!target.inside && !target.child),
      cpus_(allowed_cpus()) {
  const auto here = std::ranges::find(cpus_, sched_getcpu());
  first_cpu_ = options.first_cpu.value_or(static_cast<unsigned>(here - cpus_.begin()));
}

std::unique_ptr<ForkServer> Launcher::start(const std::string& log, bool symbolize,
                                            unsigned worker) const {
  return std::make_unique<ForkServer>(target_, options_of(log, symbolize, worker));
}

std::optional<int> Launcher::cpu_of(unsigned worker) const {
  if (cpus_.empty() || options_.strategy == Strategy::noise) return std::nullopt;
  return cpus_[(first_cpu_ + worker) % cpus_.size()];
}

std::unique_ptr<ForkServer> Launcher::start_for_races() const {
  ServerOptions options = options_of("races", false, 0);
  options.every_race = true;
  return std::make_unique<ForkServer>(target_, options);
}

std::unique_ptr<ForkServer> Launcher::start_for_stacks() const {
  ServerOptions options = options_of("stacks", false, 0);
  options.fresh = true;
  return std::make_unique<ForkServer>(target_, options);
}

ServerOptions Launcher::options_of(const std::string& log, bool symbolize, unsigned worker) const {
  ServerOptions options;
  options.log = options_.folder / "logs" / log;
  options.symbolize = symbolize;
  options.fresh = fresh_ || symbolize;
  options.parallel = options_.strategy == Strategy::noise;
  options.cpu = cpu_of(worker);
  options.hang_after_seconds = options_.hang_after_seconds;
  options.racing = &racing_;
  options.stop = options_.stop;
  return options;
}

}  // namespace redflag
