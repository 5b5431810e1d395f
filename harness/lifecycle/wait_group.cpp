#include <redflag/wait_group.h>

#include "lifecycle/time_limit.h"

#include <stdexcept>
#include <utility>

namespace redflag {

WaitGroup::~WaitGroup() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiters_ == 0; });
}

void WaitGroup::add(std::size_t n) {
  const std::scoped_lock lock(mutex_);
  count_ += n;
}

void WaitGroup::done() {
  const std::scoped_lock lock(mutex_);
  if (count_ == 0) throw std::logic_error("redflag::WaitGroup: done() without its add()");
  if (--count_ > 0) return;
  ++zeros_;
  changed_.notify_all();  // under the lock: the woken thread may destroy this
}

WaitGroup::Guard WaitGroup::guard() {
  add();
  return adopt();
}

WaitGroup::Guard WaitGroup::adopt() { return Guard(*this); }

void WaitGroup::wait() { block(std::nullopt); }

bool WaitGroup::wait_for(std::chrono::steady_clock::duration timeout) {
  return block(limit_after(timeout));
}

bool WaitGroup::block(std::optional<std::chrono::steady_clock::time_point> limit) {
  std::unique_lock lock(mutex_);
  ++waiters_;
  // zeros_ too: the count may be raised again before this thread has woken.
  const bool zero = wait_within(
      changed_, lock, limit, [this, before = zeros_] { return count_ == 0 || zeros_ != before; });
  if (--waiters_ == 0) changed_.notify_all();
  return zero;
}

std::size_t WaitGroup::count() const {
  const std::scoped_lock lock(mutex_);
  return count_;
}

WaitGroup::Guard::Guard(Guard&& other) noexcept : group_(std::exchange(other.group_, nullptr)) {}

WaitGroup::Guard::~Guard() { done(); }

void WaitGroup::Guard::done() {
  if (auto* group = std::exchange(group_, nullptr)) group->done();
}

}  // namespace redflag
