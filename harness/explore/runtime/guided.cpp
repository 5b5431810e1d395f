// Follows an earlier schedule loosely: each thread's steps in the same order, with the choices that
// belong to them, but of the moments at which a running thread was interrupted only those that are
// marked. For minimisation: what is left when an interruption is taken away?
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

class Guided final : public Strategy {
 public:
  void begin(const Page& page) override {
    page_ = &page;
    next_ = 0;
    clear(done_);
  }

  std::size_t pick(const Point& point) override {
    const std::size_t picked = choose_candidate(point);
    const std::uint32_t thread = point.candidates[picked].thread;
    next_ = place_of(thread);
    if (next_ != none) ++next_;
    ++done_[thread];
    return picked;
  }

  std::uint32_t choose(std::uint32_t options) override {
    if (!is_choice(next_)) return 0;
    const std::uint32_t value = page_->prefix[next_++] & ~std::uint32_t{Page::choice_bit};
    return value < options ? value : 0;
  }

 private:
  [[nodiscard]] bool is_choice(std::uint32_t place) const {
    return place < page_->spec.prefix_size && (page_->prefix[place] & Page::choice_bit) != 0;
  }

  // The marked interruption behind the last step, if it can be had; else the thread that runs; else
  // the one whose turn came first.
  std::size_t choose_candidate(const Point& point) {
    if (point.current < point.size && !point.yielded) {
      std::uint32_t next = next_;
      while (is_choice(next)) ++next;
      if (next < page_->spec.prefix_size && (page_->prefix[next] & Page::interrupts_bit) != 0) {
        const std::uint32_t wanted = page_->prefix[next] & ~std::uint32_t{Page::interrupts_bit};
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
      if ((page_->prefix[i] & ~std::uint32_t{Page::interrupts_bit}) != thread) continue;
      if (seen++ == done_[thread]) return i;
    }
    return none;
  }

  const Page* page_ = nullptr;
  std::uint32_t next_ = 0;  // behind the last step's place; none: it has none
  std::uint32_t done_[Page::most_threads] = {};
};

}  // namespace

Strategy& guided_strategy() {
  static Guided strategy;
  return strategy;
}

}  // namespace redflag::explorer
