#include <redflag/rundown.h>

#include "lifecycle/time_limit.h"

#include <algorithm>
#include <stdexcept>

namespace redflag {

Rundown::~Rundown() {
  run_down();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return callers_ == 0; });
}

Rundown::Guard Rundown::try_acquire() {
  const std::scoped_lock lock(mutex_);
  if (running_down_) return Guard(nullptr);
  holders_.push_back(std::this_thread::get_id());
  return Guard(this);
}

void Rundown::release(std::thread::id holder) {
  const std::scoped_lock lock(mutex_);
  holders_.erase(std::ranges::find(holders_, holder));
  if (holders_.empty()) changed_.notify_all();  // under the lock: the woken may destroy this
}

void Rundown::run_down() { block(std::nullopt); }

bool Rundown::run_down_for(std::chrono::steady_clock::duration timeout) {
  return block(limit_after(timeout));
}

bool Rundown::block(std::optional<std::chrono::steady_clock::time_point> limit) {
  std::unique_lock lock(mutex_);
  if (std::ranges::find(holders_, std::this_thread::get_id()) != holders_.end())
    throw std::logic_error("redflag::Rundown: run_down() on a thread that holds a guard");
  running_down_ = true;
  ++callers_;
  const bool complete = wait_within(changed_, lock, limit, [this] { return holders_.empty(); });
  if (--callers_ == 0) changed_.notify_all();
  return complete;
}

std::size_t Rundown::in_flight() const {
  const std::scoped_lock lock(mutex_);
  return holders_.size();
}

Rundown::Guard::~Guard() {
  if (rundown_ != nullptr) rundown_->release(holder_);
}

}  // namespace redflag
