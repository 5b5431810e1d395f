// Threads enter the schedule and leave it.
#include <new>

#include "explore/runtime/busy.h"
#include "explore/runtime/eviction.h"
#include "explore/runtime/scheduler.h"
#include "explore/runtime/weak_memory.h"

namespace redflag::explorer {

Thread* Scheduler::add_thread(Thread& parent, const void* caller) {
  if (thread_count_ == Page::most_threads) stop(parent, End::overflow);
  Thread& thread = threads_[thread_count_];
  thread.~Thread();
  new (&thread) Thread();
  thread.id = static_cast<std::uint32_t>(thread_count_++);
  thread.parent = parent.id;
  thread.created_by = caller;
  thread.created_stack = parent.stack;
  thread.operation = {Action::thread_start, ObjectType::thread, &thread, caller};
  thread.ready = at_once;
  if (weak_memory.on()) weak_memory.create(parent, thread);
  alive_[alive_count_++] = &thread;
  page_->thread_count = static_cast<std::uint32_t>(thread_count_);
  if (!rescuing_) page_->threads[thread.id].finished = 0;
  return &thread;
}

void Scheduler::drop_thread(Thread& thread) {
  remove(thread);
  if (thread.id + 1 == thread_count_)
    page_->thread_count = static_cast<std::uint32_t>(--thread_count_);
}

void Scheduler::remove(const Thread& thread) {
  std::size_t at = 0;
  while (at < alive_count_ && alive_[at] != &thread) ++at;
  for (; at + 1 < alive_count_; ++at) alive_[at] = alive_[at + 1];
  alive_[--alive_count_] = nullptr;
}

void Scheduler::enter(Thread& self) {
  self.kernel_id = static_cast<std::uint32_t>(raw::thread_id());
  Page* const page = page_;  // null if the execution has ended meanwhile
  if (page != nullptr) page->threads[self.id].kernel_id = self.kernel_id;
  raw::futex_wake(self.kernel_id);
  const Busy busy(self);
  current_thread = &self;
  await_turn(self);
  begin_evicting(self);
  if (self.signals != 0) handle_signals(self);
}

void Scheduler::finish(Thread& self) {
  const Busy busy(self);
  acquire(self);
  self.state = Thread::finished;
  remove(self);
  if (!rescuing_) page_->threads[self.id].finished = 1;
  current_thread = nullptr;
  if (alive_count_ == 0) return finish_process();  // the main thread called pthread_exit()
  Thread* next = choose_next(self);
  if (next == nullptr) {
    go_idle(self);
  } else {
    give(self, *next);
  }
}

bool Scheduler::alone() const { return alive_count_ == 1; }

}  // namespace redflag::explorer
