#include "explore/driver/launcher.h"

#include <vector>

#include "process/cpus.h"

namespace redflag {

std::unique_ptr<ForkServer> Launcher::start(const std::string& log, bool symbolize, int cpu) const {
  return std::make_unique<ForkServer>(target_, options_of(log, symbolize, cpu));
}

std::unique_ptr<ForkServer> Launcher::start_for_races() const {
  ServerOptions options = options_of("races", false, 0);
  options.every_race = true;
  return std::make_unique<ForkServer>(target_, options);
}

ServerOptions Launcher::options_of(const std::string& log, bool symbolize, int cpu) const {
  ServerOptions options;
  options.log = options_.folder / "logs" / log;
  options.symbolize = symbolize;
  options.fresh = fresh_ || symbolize;
  options.parallel = options_.strategy == Strategy::noise;
  static const std::vector<int> cpus = allowed_cpus();
  if (!cpus.empty() && !options.parallel)
    options.cpu = cpus[static_cast<std::size_t>(options_.first_cpu + cpu) % cpus.size()];
  options.hang_after_seconds = options_.hang_after_seconds;
  options.racing = &racing_;
  options.stop = options_.stop;
  return options;
}

}  // namespace redflag
