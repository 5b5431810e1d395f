#include "explore/runtime/files.h"

#include <algorithm>

#include "explore/runtime/own_files.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/scheduler.h"
#include "explore/runtime/timers.h"

namespace redflag::explorer {
namespace {

constexpr int slice_ms = 20;
constexpr int brief_ms = 1;

const FileSet& wanted(const Thread& thread) {
  return *reinterpret_cast<const FileSet*>(thread.word);
}

bool poll_now(pollfd* files, std::size_t size, int milliseconds) {
  const timespec limit = {0, milliseconds * 1000000L};
  return raw::call(SYS_ppoll, raw::word(files), static_cast<long>(size), raw::word(&limit)) > 0;
}

bool somebody_returns(Scheduler& all) {
  return std::ranges::any_of(
      all.alive(), [](const Thread* thread) { return thread->state == Thread::returning; });
}

bool somebody_awaits_signal(Scheduler& all) {
  return std::ranges::any_of(all.alive(), [](const Thread* thread) {
    return thread->state == Thread::waiting && thread->operation.action == Action::signal_wait;
  });
}

// All files that anybody waits for, as far as there is room.
std::size_t collect_files(Scheduler& all, pollfd* files, std::size_t room) {
  std::size_t size = 0;
  for (const Thread* thread : all.alive()) {
    if (thread->state != Thread::waiting || thread->operation.action != Action::file_wait) continue;
    const FileSet& set = wanted(*thread);
    for (std::size_t n = 0; n < set.size && size < room; ++n) files[size++] = set.files[n];
  }
  return size;
}

}  // namespace

bool is_ready(const FileSet& set) { return poll_now(set.files, set.size, 0); }

bool files_are_ready(const Thread& thread, bool late) {
  return late || thread.signalled || is_ready(wanted(thread));
}

bool await_outside(Scheduler& all, bool outside, bool brief) {
  static pollfd files[Page::most_threads];
  std::size_t size = collect_files(all, files, Page::most_threads);
  // Nobody outside can make those ready.
  const bool all_seen = size < Page::most_threads;
  if (size > 0 && all_seen && !outside && !has_timers() && are_own(files, size)) size = 0;
  if (brief) {
    if (size == 0 && !outside) return false;
    return poll_now(files, size, brief_ms) || somebody_returns(all);
  }
  // Nobody outside knows this process; only a timer or a child of it can send it a signal.
  const bool signals = (has_timers() || all.page()->forks > 0) && somebody_awaits_signal(all);
  if (size == 0 && !signals) return false;
  while (!poll_now(files, size, slice_ms)) {
    if (signals || somebody_returns(all)) break;
  }
  return true;
}

}  // namespace redflag::explorer
