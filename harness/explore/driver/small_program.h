// For tests: programs of a few steps, interpreted, that are scheduled as the runtime schedules real
// ones.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "explore/page.h"

namespace redflag {

struct Instruction {
  explorer::Action action;
  unsigned object = 0;
  unsigned mutex = 0;     ///< of condition_wait
  unsigned deadline = 0;  ///< of sleep and semaphore_wait; 0: none
};

/// Thread 0 first; it creates the others in order. The program ends with it.
using SmallProgram = std::vector<std::vector<Instruction>>;

class Interpreter {
 public:
  /// If not `instrumented`, nobody knows what its steps have to do with each other.
  explicit Interpreter(const SmallProgram& program, bool instrumented = true)
      : program_(program), instrumented_(instrumented) {}

  /// `outcome()` tells all that its threads saw.
  const explorer::Page& run(const std::vector<std::uint16_t>& prefix, std::uint64_t asleep = 0) {
    begin(prefix, asleep);
    while (!ends()) {
      const auto candidates = collect();
      if (candidates.empty()) {
        page_->end = explorer::End::deadlock;
        outcome_ += " deadlock";
        break;
      }
      take(pick(candidates), candidates);
    }
    describe();
    return *page_;
  }
  [[nodiscard]] const std::string& outcome() const { return outcome_; }

 private:
  // It is large: one for all.
  static explorer::Page* shared_page() {
    static const auto page = std::make_unique<explorer::Page>();
    return page.get();
  }

  using Action = explorer::Action;
  using Type = explorer::ObjectType;
  struct Thread {
    std::size_t at = 0;
    bool exists = false;
    bool started = false;
    bool finished = false;
    bool waits = false;  // on a condition
    bool woken = false;
    bool yielded = false;
    std::string log;
  };

  void begin(const std::vector<std::uint16_t>& prefix, std::uint64_t asleep) {
    prefix_ = prefix;
    asleep_ = asleep;
    at_ = last_ = created_ = 0;
    threads_.assign(program_.size(), {});
    threads_[0].exists = threads_[0].started = true;
    memory_.clear();
    objects_.clear();
    outcome_.clear();
    page_->event_count = page_->uncontrolled = page_->all_depend = 0;
    page_->instrumented = instrumented_ ? 1 : 0;
    page_->object_count = page_->thread_count = 1;
    page_->death_text[0] = '\0';
    page_->end = explorer::End::running;
  }

  bool ends() { return threads_[0].finished; }

  [[nodiscard]] Instruction next(std::size_t thread) const {
    const Thread& t = threads_[thread];
    if (!t.started) return {Action::thread_start, static_cast<unsigned>(thread)};
    Instruction next = program_[thread][t.at];
    if (t.waits) next.action = Action::condition_wake;
    return next;
  }

  static Type type_of(Action action) {
    switch (action) {
      case Action::thread_start:
      case Action::thread_join:
        return Type::thread;
      case Action::mutex_lock:
      case Action::mutex_try_lock:
      case Action::mutex_unlock:
        return Type::mutex;
      case Action::condition_wait:
      case Action::condition_wake:
      case Action::condition_signal:
      case Action::condition_broadcast:
        return Type::condition;
      case Action::semaphore_wait:
      case Action::semaphore_post:
        return Type::semaphore;
      case Action::atomic_load:
      case Action::atomic_store:
      case Action::atomic_update:
        return Type::atomic;
      default:
        return Type::none;
    }
  }

  int& cell(Type type, unsigned object) { return memory_[{type, object}]; }

  bool ready(std::size_t thread, bool late) {
    const Instruction now = next(thread);
    if (late && now.deadline != 0) return true;
    switch (now.action) {
      case Action::sleep:
        return false;
      case Action::mutex_lock:
        return cell(Type::mutex, now.object) == 0;
      case Action::condition_wake:
        return threads_[thread].woken && cell(Type::mutex, now.mutex) == 0;
      case Action::semaphore_wait:
        return cell(Type::semaphore, now.object) > 0;
      case Action::thread_join:
        return threads_[now.object].finished;
      default:
        return true;
    }
  }

  [[nodiscard]] bool lives(std::size_t i) const {
    return threads_[i].exists && !threads_[i].finished;
  }

  std::vector<std::size_t> collect() {
    unsigned earliest = ~0U;
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      if (lives(i) && next(i).deadline != 0) earliest = std::min(earliest, next(i).deadline);
    }
    const auto list = [&](bool all) {
      std::vector<std::size_t> found;
      for (std::size_t i = 0; i < threads_.size(); ++i) {
        if (!lives(i) || (!all && threads_[i].yielded)) continue;
        const Instruction now = next(i);
        const bool in_turn = now.deadline == earliest && (all || now.action == Action::sleep);
        if (ready(i, false) || in_turn) found.push_back(i);
      }
      return found;
    };
    auto found = list(false);
    return found.empty() ? list(true) : found;
  }

  std::size_t pick(const std::vector<std::size_t>& candidates) {
    if (at_ < prefix_.size()) return prefix_[at_++];
    const auto awake = [&](std::size_t i) { return (asleep_ >> i & 1U) == 0; };
    if (std::ranges::count_if(candidates, awake) == 0) asleep_ = 0;
    const auto can = [&](std::size_t i) {
      return awake(i) && std::ranges::count(candidates, i) > 0;
    };
    if (can(last_) && !threads_[last_].yielded) return last_;
    for (std::size_t i = 1; i <= threads_.size(); ++i) {
      if (can((last_ + i) % threads_.size())) return (last_ + i) % threads_.size();
    }
    return candidates[0];
  }

  std::uint32_t index_of(Type type, unsigned object) {
    if (type == Type::none) return 0;
    const auto [found, fresh] = objects_.try_emplace({type, object}, page_->object_count);
    if (fresh) {
      page_->objects[page_->object_count] = {type, object, page_->object_count};
      ++page_->object_count;
    }
    return found->second;
  }

  std::uint32_t mutex_of(const Instruction& now) {
    const bool waits = now.action == Action::condition_wait || now.action == Action::condition_wake;
    return waits ? index_of(Type::mutex, now.mutex) : 0;
  }

  explorer::Event& add_event(std::size_t thread, Action action) {
    explorer::Event& event = page_->events[page_->event_count++];
    event = {};
    event.thread = static_cast<std::uint16_t>(thread);
    event.action = action;
    return event;
  }

  void take(std::size_t thread, const std::vector<std::size_t>& candidates) {
    using explorer::Event;
    const Instruction now = next(thread);
    const bool late = !ready(thread, false);
    const bool preempts =
        thread != last_ && !threads_[last_].yielded && std::ranges::count(candidates, last_) > 0;
    Event& event = add_event(thread, now.action);
    event.object = index_of(type_of(now.action), now.object);
    event.value = mutex_of(now);
    event.flags =
        static_cast<std::uint8_t>((late ? Event::late : 0) | (preempts ? Event::preemption : 0) |
                                  (candidates.size() > 1 ? Event::free_choice : 0) |
                                  (threads_[last_].yielded ? Event::gave_way : 0));
    for (const std::size_t i : candidates) event.enabled |= std::uint64_t{1} << i;
    if (at_ >= prefix_.size()) wake_sleepers(thread, now);
    for (Thread& other : threads_) other.yielded = false;
    last_ = thread;
    act(thread, now, late);
    go_on(threads_[thread], thread, now);
  }

  void wake_sleepers(std::size_t thread, const Instruction& now) {
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      if (!lives(i)) continue;
      const bool same =
          type_of(next(i).action) == type_of(now.action) && next(i).object == now.object;
      if (i == thread || same || threads_[last_].yielded) asleep_ &= ~(std::uint64_t{1} << i);
    }
  }

  void act(std::size_t thread, const Instruction& now, bool late) {
    Thread& self = threads_[thread];
    int& value = cell(type_of(now.action), now.object);
    switch (now.action) {
      case Action::thread_create:
        page_->thread_count = static_cast<std::uint32_t>(++created_) + 1;
        page_->threads[created_].finished = 0;
        threads_[created_].exists = true;
        break;
      case Action::atomic_load:
        self.log += std::to_string(value) + ",";
        break;
      case Action::atomic_store:
        value = static_cast<int>(100 * thread + self.at);
        break;
      case Action::atomic_update:
        self.log += std::to_string(value++) + ",";
        break;
      case Action::mutex_lock:
      case Action::mutex_try_lock:
        self.log += value == 0 ? "got" : "busy";
        if (value == 0) acquire(self, now.object);
        break;
      case Action::mutex_unlock:
        if (value == static_cast<int>(thread) + 1) value = 0;
        break;
      case Action::condition_wait:
        cell(Type::mutex, now.mutex) = 0;
        break;
      case Action::condition_wake:
        acquire(self, now.mutex);
        break;
      case Action::condition_signal:
        wake_one(thread, now.object);
        break;
      case Action::condition_broadcast:
        for (std::size_t i = 0; i < threads_.size(); ++i)
          threads_[i].woken |= waits_on(i, now.object);
        break;
      case Action::semaphore_wait:
        self.log += late ? "late," : "in time,";
        if (!late) --value;
        break;
      case Action::semaphore_post:
        ++value;
        break;
      default:
        break;
    }
  }

  // Who has had the mutex how often shows in what its thread saw.
  void acquire(Thread& self, unsigned mutex) {
    cell(Type::mutex, mutex) = static_cast<int>(&self - threads_.data()) + 1;
    self.log += std::to_string(cell(Type::none, mutex)++) + ",";
  }

  [[nodiscard]] bool waits_on(std::size_t i, unsigned condition) const {
    return threads_[i].waits && !threads_[i].woken && next(i).object == condition;
  }

  void wake_one(std::size_t thread, unsigned condition) {
    std::vector<std::size_t> waiters;
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      if (waits_on(i, condition)) waiters.push_back(i);
    }
    if (waiters.empty()) return;
    std::size_t which = 0;
    if (waiters.size() > 1) {
      if (at_ < prefix_.size()) which = prefix_[at_++] & ~unsigned{explorer::Page::choice_bit};
      explorer::Event& event = add_event(thread, Action::choice);
      event.enabled = waiters.size();
      event.value = static_cast<std::uint32_t>(which);
    }
    threads_[waiters[which]].woken = true;
  }

  void go_on(Thread& self, std::size_t thread, const Instruction& now) {
    self.waits = now.action == Action::condition_wait;
    if (self.waits) {
      self.woken = false;
    } else if (now.action == Action::thread_start) {
      self.started = true;
    } else {
      ++self.at;
    }
    self.finished = self.at == program_[thread].size();
    if (self.finished) return;
    const Action action = next(thread).action;
    self.yielded = action == Action::yield || action == Action::sleep;
  }

  void describe() {
    if (threads_[0].finished) page_->end = explorer::End::complete;
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      outcome_ += "|" + threads_[i].log + std::to_string(threads_[i].at);
      explorer::ThreadState& state = page_->threads[i];
      state.finished = threads_[i].finished ? 1 : 0;
      if (!lives(i)) continue;
      const Instruction now = next(i);
      state.action = now.action;
      state.object = index_of(type_of(now.action), now.object);
      state.mutex = mutex_of(now);
    }
    for (const auto& [key, value] : memory_) outcome_ += " " + std::to_string(value);
  }

  const SmallProgram& program_;
  bool instrumented_;
  explorer::Page* page_ = shared_page();
  std::vector<std::uint16_t> prefix_;
  std::uint64_t asleep_ = 0;
  std::size_t at_ = 0;
  std::size_t last_ = 0;
  std::size_t created_ = 0;
  std::vector<Thread> threads_;
  std::map<std::pair<Type, unsigned>, int> memory_;
  std::map<std::pair<Type, unsigned>, std::uint32_t> objects_;
  std::string outcome_;
};

}  // namespace redflag
