#include "explore/driver/steps.h"

#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>

#include "sanitizer/frame.h"
#include "sanitizer/name.h"

namespace redflag {
namespace {

using explorer::Action;
using explorer::ObjectType;
using explorer::Page;

std::string_view word_of(ObjectType type) {
  switch (type) {
    case ObjectType::none:
      return "";
    case ObjectType::thread:
      return "thread";
    case ObjectType::mutex:
      return "mutex";
    case ObjectType::shared_mutex:
      return "shared mutex";
    case ObjectType::condition:
      return "condition";
    case ObjectType::semaphore:
      return "semaphore";
    case ObjectType::barrier:
      return "barrier";
    case ObjectType::once:
      return "once flag";
    case ObjectType::static_guard:
      return "static";
    case ObjectType::atomic:
      return "atomic";
    case ObjectType::location:
      return "location";
    case ObjectType::futex:
      return "futex";
    case ObjectType::file:
      return "file";
    case ObjectType::spin_lock:
      return "spin lock";
  }
  return "object";
}

std::string place_of(const std::vector<Frame>& frames) {
  const auto user = std::ranges::find_if(frames, is_user_frame);
  const auto frame = user == frames.end() ? frames.begin() : user;
  if (frame == frames.end()) return {};
  std::string function = unqualified_name(frame->function);
  if (frame->file.empty()) return function;
  return fmt::format("{}:{}{}", std::filesystem::path(frame->file).filename().string(), frame->line,
                     function.empty() ? "" : " in " + function);
}

// Of those that may block and that nobody models, by this machine's numbers.
std::string name_of_system_call(std::int64_t number) {
  switch (number) {
    case SYS_read:
      return "read()";
    case SYS_write:
      return "write()";
    case SYS_fcntl:
      return "fcntl()";
    case SYS_flock:
      return "flock()";
    case SYS_futex:
      return "a futex";
    case SYS_wait4:
    case SYS_waitid:
      return "wait()";
    case SYS_connect:
      return "connect()";
    case SYS_semop:
    case SYS_semtimedop:
      return "semop()";
    case SYS_openat:
      return "open()";
    case SYS_splice:
      return "splice()";
    case SYS_rt_sigtimedwait:
      return "sigwait()";
    default:
      return fmt::format("system call {}", number);
  }
}

std::string description(std::string_view verb, Action action, const explorer::Object& object) {
  if (action == Action::file_wait && object.type == ObjectType::none) return "polls";
  std::string text(verb);
  if (object.type != ObjectType::none && action != Action::thread_start)
    text += " " + name_of(object);
  return text;
}

void tell_choice(Step& step, const Page& page, const explorer::Event& event, std::uint32_t value) {
  const std::string object = name_of(page.objects[event.object % Page::most_objects]);
  if (event.action == Action::atomic_update) {
    step.fails_by_itself = true;
    step.what = "fails by itself to update " + object;
  }
  if (event.action != Action::atomic_load) return;
  step.old_value = true;
  step.what = fmt::format("loads an older value of {}, from before the last {}", object,
                          value == 1 ? "store" : fmt::format("{} stores", value));
}

}  // namespace

std::string_view verb_of(Action action) {
  switch (action) {
    case Action::none:
    case Action::choice:
      return "goes on";
    case Action::thread_start:
      return "starts";
    case Action::thread_create:
      return "creates a thread";
    case Action::thread_join:
      return "joins";
    case Action::thread_detach:
      return "detaches a thread";
    case Action::thread_exit:
      return "ends";
    case Action::mutex_lock:
      return "locks";
    case Action::mutex_try_lock:
      return "tries to lock";
    case Action::mutex_unlock:
      return "unlocks";
    case Action::shared_lock:
      return "locks shared";
    case Action::shared_try_lock:
      return "tries to lock shared";
    case Action::shared_unlock:
      return "unlocks shared";
    case Action::condition_wait:
      return "begins to wait on";
    case Action::condition_wake:
      return "wakes from";
    case Action::condition_signal:
      return "signals";
    case Action::condition_broadcast:
      return "broadcasts";
    case Action::semaphore_wait:
      return "acquires";
    case Action::semaphore_try_wait:
      return "tries to acquire";
    case Action::semaphore_post:
      return "releases";
    case Action::barrier_arrive:
      return "arrives at";
    case Action::barrier_leave:
      return "leaves";
    case Action::once:
      return "calls once";
    case Action::static_initialization:
      return "initialises";
    case Action::atomic_load:
      return "loads";
    case Action::atomic_store:
      return "stores to";
    case Action::atomic_update:
      return "updates";
    case Action::fence:
      return "passes a fence";
    case Action::memory_read:
      return "reads";
    case Action::memory_write:
      return "writes";
    case Action::futex_wait:
      return "begins to wait on";
    case Action::futex_wait_return:
      return "wakes from";
    case Action::futex_wake:
      return "wakes waiters of";
    case Action::sleep:
      return "sleeps";
    case Action::yield:
      return "yields";
    case Action::clock_read:
      return "reads the clock";
    case Action::thread_cancel:
      return "cancels a thread";
    case Action::signal_send:
      return "sends a signal";
    case Action::signal_wait:
      return "waits for a signal";
    case Action::file_wait:
      return "uses";
    case Action::call_return:
      return "returns from a call that is not controlled";
    case Action::signal_handle:
      return "handles a signal";
    case Action::process_fork:
      return "forks";
    case Action::process_wait:
      return "waits for a child";
    case Action::process_exit:
      return "ends the process";
    case Action::execution_end:
      return "ends the execution";
  }
  return "goes on";
}

std::string_view verb_of_waiter(Action action) {
  switch (action) {
    case Action::condition_wake:
    case Action::futex_wait_return:
    case Action::semaphore_wait:
    case Action::barrier_leave:
      return "waits on";
    case Action::thread_join:
      return "waits for the end of";
    case Action::file_wait:
      return "waits for";
    default:
      return verb_of(action);
  }
}

std::string name_of(const explorer::Object& object) {
  if (object.type == ObjectType::none) return {};
  return fmt::format("{} {}", word_of(object.type), object.number);
}

std::string thread_name(std::uint32_t thread) {
  return thread == 0 ? std::string("main") : fmt::format("T{}", thread);
}

std::vector<Step> pending_steps(const Page& page, Namer& namer) {
  std::vector<Step> steps;
  const auto count = std::min<std::size_t>(page.thread_count, Page::most_threads);
  for (std::size_t i = 0; i < count; ++i) {
    const explorer::ThreadState& thread = page.threads[i];
    if (thread.finished != 0) continue;
    Step step;
    step.thread = static_cast<std::uint32_t>(i);
    step.what = description(verb_of_waiter(thread.action), thread.action,
                            page.objects[thread.object % Page::most_objects]);
    step.place = place_of(namer.frames(page, thread.stack));
    steps.push_back(std::move(step));
  }
  return steps;
}

std::string uncontrolled_call(const Page& page, Namer& namer) {
  const std::string place = place_of(namer.frames_at(page, page.uncontrolled_caller));
  const std::string where = place.empty() ? "at an unknown place" : place;
  if (page.uncontrolled_number < 0) return "at " + where;
  return fmt::format("after {}, in {}", where, name_of_system_call(page.uncontrolled_number));
}

std::vector<Step> steps_of(const Page& page, Namer& namer) {
  std::vector<Step> steps;
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  for (std::size_t i = 0; i < count; ++i) {
    const explorer::Event& event = page.events[i];
    if (event.action == Action::choice) {
      if (i > 0 && event.value > 0)
        tell_choice(steps.back(), page, page.events[i - 1], event.value);
      continue;
    }
    Step step;
    step.thread = event.thread;
    step.what = description(verb_of(event.action), event.action,
                            page.objects[event.object % Page::most_objects]);
    const bool has_stack = event.stack != explorer::no_stack;
    step.place =
        place_of(has_stack ? namer.frames(page, page.stacks[event.stack % Page::most_stacks])
                           : namer.frames_at(page, event.caller));
    step.preemption = (event.flags & explorer::Event::preemption) != 0;
    step.late = (event.flags & explorer::Event::late) != 0;
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace redflag
