// Follows choices made before: replay, minimisation and exhaustive search. After them it goes on
// with the thread that runs, and when that one cannot, with the next by number.
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

class Prefix final : public Strategy {
 public:
  void begin(const Page& page) override {
    page_ = &page;
    at_ = 0;
    diverged_ = false;
  }

  std::size_t pick(const Point& point) override {
    if (at_ < page_->spec.prefix_size) {
      const std::uint16_t wanted = page_->prefix[at_];
      for (std::size_t i = 0; i < point.size; ++i) {
        if (point.candidates[i].thread == wanted) {
          ++at_;
          return i;
        }
      }
      diverged_ = true;
    }
    if (point.current < point.size && !point.yielded) return point.current;
    for (std::size_t i = 0; i < point.size; ++i) {
      if (point.candidates[i].thread > point.last_thread) return i;
    }
    return 0;
  }

  std::uint32_t choose(std::uint32_t options) override {
    if (at_ >= page_->spec.prefix_size) return 0;
    const std::uint16_t wanted = page_->prefix[at_];
    const std::uint32_t value = wanted & ~std::uint32_t{Page::choice_bit};
    if ((wanted & Page::choice_bit) == 0 || value >= options) {
      diverged_ = true;
      return 0;
    }
    ++at_;
    return value;
  }

  [[nodiscard]] bool diverged() const override { return diverged_; }

 private:
  const Page* page_ = nullptr;
  std::uint32_t at_ = 0;
  bool diverged_ = false;
};

}  // namespace

Strategy& prefix_strategy() {
  static Prefix strategy;
  return strategy;
}

}  // namespace redflag::explorer
