#include "explore/driver/spec.h"

namespace redflag {
namespace {

using explorer::Spec;
using explorer::StrategyId;

// Neighbouring seeds must not give similar schedules, whatever the generator is.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t schedule) {
  std::uint64_t mixed = seed * 0x9e3779b97f4a7c15 + schedule * 0xd1b54a32d192ed03;
  mixed = (mixed ^ (mixed >> 32U)) * 0xd6e8feb86659fd93;
  return mixed ^ (mixed >> 32U);
}

StrategyId id_of(Strategy strategy) {
  switch (strategy) {
    case Strategy::random:
      return StrategyId::random;
    case Strategy::pct:
      return StrategyId::pct;
    case Strategy::pos:
      return StrategyId::pos;
    case Strategy::noise:
      return StrategyId::noise;
    case Strategy::exhaustive:
      break;
  }
  return StrategyId::prefix;
}

}  // namespace

Spec prefix_spec(const SearchOptions& options) {
  Spec spec = {};
  spec.strategy = StrategyId::prefix;
  spec.max_steps = options.max_steps;
  spec.spurious = options.spurious ? 1 : 0;
  spec.early_timeouts = options.early_timeouts ? 1 : 0;
  spec.weak_memory = options.weak_memory ? 1 : 0;
  return spec;
}

std::uint32_t eviction_of(const SearchOptions& options, std::uint64_t schedule) {
  return static_cast<std::uint32_t>(seed_of(options.seed, schedule) >> 32U);
}

Spec sampling_spec(const SearchOptions& options, std::uint64_t schedule,
                   std::uint64_t expected_steps) {
  Spec spec = prefix_spec(options);
  spec.strategy = id_of(options.strategy);
  spec.depth = options.depth;
  spec.seed = seed_of(options.seed, schedule);
  spec.eviction = eviction_of(options, schedule);
  spec.expected_steps = expected_steps;
  return spec;
}

}  // namespace redflag
