#include "explore/driver/noise.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <system_error>

#include "explore/page.h"

namespace redflag {

using explorer::Page;

Noise::Noise(std::uint64_t seed) : page_(memfd_create("redflag-noise", MFD_CLOEXEC)) {
  explorer::Spec spec = {};
  spec.strategy = explorer::StrategyId::noise;
  spec.seed = seed;
  const auto place = static_cast<off_t>(offsetof(Page, spec));
  if (!page_ || ftruncate(page_.get(), sizeof(Page)) != 0 ||
      pwrite(page_.get(), &spec, sizeof spec, place) != sizeof spec)
    throw std::system_error(errno, std::generic_category(), "cannot make the explorer's page");
}

void Noise::add_to(Command& command, const Target& target) const {
  command.environment.emplace_back(explorer::page_fd_variable, std::to_string(page_.get()));
  command.inherited_fds.push_back(page_.get());
  if (target.preload) command.environment.emplace_back("LD_PRELOAD", preloaded_libraries());
}

std::uint64_t Noise::points() const {
  std::uint64_t count = 0;
  if (pread(page_.get(), &count, sizeof count, static_cast<off_t>(offsetof(Page, total_steps))) < 0)
    return 0;
  return count;
}

}  // namespace redflag
