#include "explore/runtime/files.h"

#include <poll.h>

#include "explore/runtime/raw.h"
#include "explore/runtime/scheduler.h"

namespace redflag::explorer {
namespace {

constexpr int slice_ms = 20;
constexpr int brief_ms = 1;

pollfd wanted(const Thread& thread) {
  return {static_cast<int>(thread.word & 0xffffffffU), static_cast<short>(thread.word >> 32U), 0};
}

bool poll_now(pollfd* files, std::size_t size, int milliseconds) {
  const timespec limit = {0, milliseconds * 1000000L};
  return raw::call(SYS_ppoll, raw::word(files), static_cast<long>(size), raw::word(&limit)) > 0;
}

bool somebody_returns(Scheduler& all) {
  for (std::size_t i = 0; i < all.thread_count(); ++i) {
    if (all.thread(i).state == Thread::returning) return true;
  }
  return false;
}

}  // namespace

bool file_is_ready(const Thread& thread, bool late) {
  pollfd file = wanted(thread);
  return late || poll_now(&file, 1, 0);
}

bool await_outside(Scheduler& all, bool outside, bool brief) {
  static pollfd files[Page::most_threads];
  std::size_t size = 0;
  for (std::size_t i = 0; i < all.thread_count(); ++i) {
    const Thread& thread = all.thread(i);
    if (thread.state == Thread::waiting && thread.operation.action == Action::file_wait)
      files[size++] = wanted(thread);
  }
  if (size == 0 && !(brief && outside)) return false;
  if (brief) return poll_now(files, size, brief_ms) || somebody_returns(all);
  while (!poll_now(files, size, slice_ms)) {
    if (somebody_returns(all)) break;
  }
  return true;
}

}  // namespace redflag::explorer
