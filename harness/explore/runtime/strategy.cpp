#include "explore/runtime/strategy.h"

namespace redflag::explorer {

bool changes(Action action) {
  switch (action) {
    case Action::atomic_load:
    case Action::memory_read:
    case Action::clock_read:
    case Action::yield:
    case Action::sleep:
    case Action::none:
      return false;
    default:
      return true;
  }
}

Strategy& strategy_of(StrategyId id) {
  switch (id) {
    case StrategyId::pct:
      return pct_strategy();
    case StrategyId::pos:
      return pos_strategy();
    case StrategyId::prefix:
      return prefix_strategy();
    case StrategyId::guided:
      return guided_strategy();
    case StrategyId::random:
    case StrategyId::noise:
      break;
  }
  return random_strategy();
}

}  // namespace redflag::explorer
