// Follows an earlier schedule loosely: each thread's steps in the same order, but of the moments at
// which a running thread was interrupted only those that are marked. For minimisation: what is left
// when an interruption is taken away?
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

class Guided final : public Strategy {
 public:
  void begin(const Page& page) override {
    page_ = &page;
    last_place_ = none;
    clear(done_);
  }

  std::size_t pick(const Point& point) override {
    const std::size_t picked = choose_candidate(point);
    const std::uint32_t thread = point.candidates[picked].thread;
    last_place_ = place_of(thread);
    ++done_[thread];
    return picked;
  }

  std::uint32_t choose(std::uint32_t) override { return 0; }

 private:
  // The marked interruption behind the last step, if it can be had; else the thread that runs; else
  // the one whose turn came first.
  std::size_t choose_candidate(const Point& point) {
    if (point.current < point.size && !point.yielded) {
      const std::uint32_t next = last_place_ == none ? none : last_place_ + 1;
      if (next < page_->spec.prefix_size && (page_->prefix[next] & Page::choice_bit) != 0) {
        const std::uint32_t wanted = page_->prefix[next] & ~std::uint32_t{Page::choice_bit};
        for (std::size_t i = 0; i < point.size; ++i) {
          if (point.candidates[i].thread == wanted) return i;
        }
      }
      return point.current;
    }
    std::size_t first = 0;
    std::uint32_t earliest = none;
    for (std::size_t i = 0; i < point.size; ++i) {
      const std::uint32_t place = place_of(point.candidates[i].thread);
      if (place < earliest) {
        earliest = place;
        first = i;
      }
    }
    return first;
  }

  // Where the thread's next step stood in the earlier schedule.
  std::uint32_t place_of(std::uint32_t thread) {
    std::uint32_t seen = 0;
    for (std::uint32_t i = 0; i < page_->spec.prefix_size; ++i) {
      if ((page_->prefix[i] & ~std::uint32_t{Page::choice_bit}) != thread) continue;
      if (seen++ == done_[thread]) return i;
    }
    return none;
  }

  const Page* page_ = nullptr;
  std::uint32_t last_place_ = none;
  std::uint32_t done_[Page::most_threads] = {};
};

}  // namespace

Strategy& guided_strategy() {
  static Guided strategy;
  return strategy;
}

}  // namespace redflag::explorer
