// Follows choices made before: replay, minimisation and exhaustive search. After them it goes on
// with the thread that runs, and when that one cannot, with the next by number. It leaves out those
// that Spec::asleep names, as long as others can go on: what they would begin was seen before.
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

class Prefix final : public Strategy {
 public:
  void begin(const Page& page) override {
    page_ = &page;
    at_ = 0;
    asleep_ = page.spec.asleep;
    diverged_ = false;
  }

  std::size_t pick(const Point& point) override {
    if (point.yielded && follows_no_more()) asleep_ = 0;
    const std::size_t picked = follow(point);
    if (follows_no_more()) wake(point, point.candidates[picked]);
    return picked;
  }

  std::uint32_t choose(std::uint32_t options) override {
    if (follows_no_more()) return 0;
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
  [[nodiscard]] bool follows_no_more() const { return at_ >= page_->spec.prefix_size; }

  std::size_t follow(const Point& point) {
    if (!follows_no_more()) {
      const std::uint16_t wanted = page_->prefix[at_];
      for (std::size_t i = 0; i < point.size; ++i) {
        if (point.candidates[i].thread == wanted) {
          ++at_;
          return i;
        }
      }
      diverged_ = true;
    }
    if (point.current < point.size && !point.yielded && is_awake(point, point.current))
      return point.current;
    const std::size_t next = next_awake(point);
    return next < point.size ? next : (asleep_ = 0, next_awake(point));
  }

  [[nodiscard]] bool is_awake(const Point& point, std::size_t i) const {
    const std::uint32_t thread = point.candidates[i].thread;
    return thread >= 64 || (asleep_ >> thread & 1U) == 0;
  }

  // Behind the thread that ran last, by number and around.
  [[nodiscard]] std::size_t next_awake(const Point& point) const {
    std::size_t first = point.size;
    for (std::size_t i = 0; i < point.size; ++i) {
      if (!is_awake(point, i)) continue;
      if (point.candidates[i].thread > point.last_thread) return i;
      if (first == point.size) first = i;
    }
    return first;
  }

  void wake(const Point& point, const Candidate& taken) {
    if (asleep_ == 0) return;
    for (std::size_t i = 0; i < point.size; ++i) {
      const Candidate& other = point.candidates[i];
      if (other.thread < 64 &&
          (other.thread == taken.thread || dependent(taken.operation, other.operation)))
        asleep_ &= ~(std::uint64_t{1} << other.thread);
    }
  }

  const Page* page_ = nullptr;
  std::uint32_t at_ = 0;
  std::uint64_t asleep_ = 0;
  bool diverged_ = false;
};

}  // namespace

Strategy& prefix_strategy() {
  static Prefix strategy;
  return strategy;
}

}  // namespace redflag::explorer
