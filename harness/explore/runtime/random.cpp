// A random walk. Finds what many schedules show; weak at bugs that need one thread held back long.
#include "explore/runtime/dice.h"
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

class Random final : public Strategy {
 public:
  void begin(const Page& page) override { dice_ = Dice(page.spec.seed); }
  std::size_t pick(const Point& point) override {
    return point.size == 1 ? 0 : static_cast<std::size_t>(dice_.below(point.size));
  }
  std::uint32_t choose(std::uint32_t options) override {
    return static_cast<std::uint32_t>(dice_.below(options));
  }

 private:
  Dice dice_;
};

}  // namespace

Strategy& random_strategy() {
  static Random strategy;
  return strategy;
}

}  // namespace redflag::explorer
