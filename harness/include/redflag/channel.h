// Handing values from thread to thread, and telling all receivers that no more will come
// (article, section 4.2).
#pragma once

#include <redflag/context.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <utility>

namespace redflag {

/// A first-in first-out queue of at most `capacity` values. Unlike Go's it always has room for at
/// least one (there is no unbuffered hand-over), and both close() twice and send() after close()
/// are plain answers instead of a panic.
///
/// A stop_token or Context ends the waiting, not the transfer: a value that is there is received,
/// and one that has room is sent, even if the stop was asked for before. So a loop `while (auto
/// value = channel.receive(context))` empties the channel before it ends.
///
/// Thread-safety: all members may be called from any thread at once. Destroy the channel only when
/// no thread is blocked in it; a thread that received the last value or nullopt may do so if it
/// knows that no other thread will call again.
template <typename T>
class Channel {
 public:
  /// Throws std::invalid_argument if `capacity` is zero.
  explicit Channel(std::size_t capacity) : capacity_(capacity) {
    if (capacity == 0) throw std::invalid_argument("redflag::Channel: capacity must be at least 1");
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() = default;

  /// Waits for room and appends `value`. False, and the value is gone, if the channel is closed
  /// before there is room (or, with a stop or a context, if that ends first).
  bool send(T value) { return send_after(forever, std::move(value)); }
  bool send(T value, const std::stop_token& stop) {
    return send_after(until(stop), std::move(value));
  }
  bool send(T value, const Context& context) {
    return send_after(until(context), std::move(value));
  }

  /// Appends `value` if there is room now. False if full or closed; the value is then untouched.
  bool try_send(T&& value) {
    const std::scoped_lock lock(mutex_);
    return !closed_ && has_room() && push(std::move(value));
  }
  bool try_send(const T& value) { return try_send(T(value)); }

  /// Waits for a value and takes the oldest. nullopt if the channel is closed and empty (or, with a
  /// stop or a context, if that ended while it was empty).
  std::optional<T> receive() { return receive_after(forever); }
  std::optional<T> receive(const std::stop_token& stop) { return receive_after(until(stop)); }
  std::optional<T> receive(const Context& context) { return receive_after(until(context)); }

  /// Takes the oldest value if there is one now.
  std::optional<T> try_receive() {
    const std::scoped_lock lock(mutex_);
    return pop();
  }

  /// Refuses further values and wakes every blocked thread: senders get false, receivers the rest
  /// and then nullopt. True if this call closed it; later calls do nothing.
  bool close() {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(closed_, true)) return false;
    not_empty_.notify_all();
    not_full_.notify_all();
    return true;
  }

  [[nodiscard]] bool closed() const {
    const std::scoped_lock lock(mutex_);
    return closed_;
  }
  [[nodiscard]] std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return values_.size();
  }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  // The three ways to wait, each called as wait(condition, lock, ready). A named type and not a
  // lambda: eu-stack cannot read the name that Clang gives to a lambda in a member's initialiser.
  struct Forever {
    template <typename Condition, typename Lock, typename Ready>
    void operator()(Condition& condition, Lock& lock, Ready ready) const {
      condition.wait(lock, ready);
    }
  };
  static constexpr Forever forever{};
  static auto until(const std::stop_token& stop) {
    return [&stop](auto& condition, auto& lock, auto ready) { condition.wait(lock, stop, ready); };
  }
  static auto until(const Context& context) {
    return [&context](auto& condition, auto& lock, auto ready) {
      context.wait_on(condition, lock, ready);
    };
  }

  template <typename Wait>
  bool send_after(Wait wait, T&& value) {
    std::unique_lock lock(mutex_);
    wait(not_full_, lock, [this] { return closed_ || has_room(); });
    return !closed_ && has_room() && push(std::move(value));
  }

  template <typename Wait>
  std::optional<T> receive_after(Wait wait) {
    std::unique_lock lock(mutex_);
    wait(not_empty_, lock, [this] { return closed_ || !values_.empty(); });
    return pop();
  }

  // Notifying happens under the lock: the thread that it wakes may destroy the channel, and cannot
  // before the lock is free.
  bool push(T&& value) {
    values_.push_back(std::move(value));
    not_empty_.notify_one();
    return true;
  }

  std::optional<T> pop() {
    if (values_.empty()) return std::nullopt;
    std::optional<T> value(std::move(values_.front()));
    values_.pop_front();
    not_full_.notify_one();
    return value;
  }

  [[nodiscard]] bool has_room() const { return values_.size() < capacity_; }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable_any not_empty_;
  std::condition_variable_any not_full_;
  std::deque<T> values_;
  bool closed_ = false;
};

}  // namespace redflag
