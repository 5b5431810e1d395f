#include <redflag/rundown.h>

#include "lifecycle/time_limit.h"
#include "lifecycle/visit.h"

#include <algorithm>
#include <stdexcept>

namespace redflag {

/// Running the cleanup, without the lock.
class Rundown::Cleaning {
 public:
  Cleaning(Rundown& rundown, std::unique_lock<std::mutex>& lock) : rundown_(rundown), lock_(lock) {
    rundown_.cleaned_ = true;
    rundown_.cleaner_ = std::this_thread::get_id();
    lock_.unlock();
  }
  Cleaning(const Cleaning&) = delete;
  Cleaning& operator=(const Cleaning&) = delete;
  ~Cleaning() {
    lock_.lock();
    rundown_.cleaner_ = {};
    rundown_.changed_.notify_all();
  }

 private:
  Rundown& rundown_;
  std::unique_lock<std::mutex>& lock_;
};

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

void Rundown::run_down() {
  std::unique_lock lock(mutex_);
  const Visit visit(callers_, changed_);
  await_end(lock, std::nullopt);
}

void Rundown::run_down(const std::function<void()>& cleanup) {
  if (!cleanup) throw std::invalid_argument("redflag::Rundown: an empty cleanup");
  std::unique_lock lock(mutex_);
  const Visit visit(callers_, changed_);
  await_end(lock, std::nullopt);
  if (cleaned_) return;
  const Cleaning cleaning(*this, lock);
  cleanup();
}

bool Rundown::run_down_for(std::chrono::steady_clock::duration timeout) {
  std::unique_lock lock(mutex_);
  const Visit visit(callers_, changed_);
  return await_end(lock, limit_after(timeout));
}

bool Rundown::await_end(std::unique_lock<std::mutex>& lock,
                        std::optional<std::chrono::steady_clock::time_point> limit) {
  const auto self = std::this_thread::get_id();
  if (std::ranges::find(holders_, self) != holders_.end())
    throw std::logic_error("redflag::Rundown: run_down() on a thread that holds a guard");
  if (cleaner_ == self) throw std::logic_error("redflag::Rundown: run_down() in its own cleanup");
  running_down_ = true;
  return wait_within(changed_, lock, limit,
                     [this] { return holders_.empty() && cleaner_ == std::thread::id(); });
}

std::size_t Rundown::in_flight() const {
  const std::scoped_lock lock(mutex_);
  return holders_.size();
}

Rundown::Guard::~Guard() {
  if (rundown_ != nullptr) rundown_->release(holder_);
}

}  // namespace redflag
