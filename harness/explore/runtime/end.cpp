// The end of an execution: what the page is told of it.
#include "explore/runtime/holders.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/scheduler.h"
#include "explore/runtime/stack.h"

// Where a debugger stops.
extern "C" __attribute__((visibility("default"), noinline)) void redflag_explore_stopped();
void redflag_explore_stopped() { asm volatile(""); }

namespace redflag::explorer {
namespace {

bool everyone_else_is_done(const Thread&, bool) { return scheduler.alone(); }

}  // namespace

void clear_results(Page& page) {
  page.end = End::running;
  page.all_depend = page.uncontrolled = page.event_count = page.preemptions = 0;
  page.forks = 0;
  page.uncontrolled_caller = page.steps = page.diverged_at = 0;
  page.hash = 0xcbf29ce484222325;
  page.death.size = page.death_thread = 0;
  page.death_text[0] = page.outcome[0] = page.forbidden[0] = '\0';
  page.lost_wakeup = 0;
  page.stack_count = page.thread_count = page.object_count = 1;
  page.threads[0].finished = 0;
}

void Scheduler::end() {
  Thread& self = threads_[0];
  acquire(self);
  for (std::size_t i = 1; i < thread_count_; ++i)
    threads_[i].outlives = threads_[i].state != Thread::finished;
  holder_ = &self;
  ending_ = true;
  step(self, {Action::execution_end, ObjectType::none, nullptr, __builtin_return_address(0)},
       everyone_else_is_done);
  finish_process();
}

void Scheduler::finish_process() {
  if (page_ == nullptr) return;
  if (rescuing_) end_rescue();
  describe_threads();
  if (page_->end == End::running) page_->end = End::complete;
  holder_ = nullptr;  // first: look_after() asks for it before it looks at the page
  page_ = nullptr;
  current_thread = nullptr;
}

void Scheduler::describe_threads() {
  if (rescuing_) return;  // it was told before
  for (std::size_t i = 0; i < thread_count_; ++i) {
    const Thread& thread = threads_[i];
    ThreadState& state = page_->threads[i];
    state.parent = thread.parent;
    state.finished = thread.state == Thread::finished ? 1 : 0;
    state.detached = thread.detached ? 1 : 0;
    state.joined = thread.joined ? 1 : 0;
    state.outside = thread.state == Thread::outside ? 1 : 0;
    state.action = thread.operation.action;
    state.object = objects_.index_of(thread.operation.type, thread.operation.object);
    state.mutex = objects_.index_of(ObjectType::mutex, thread.operation.mutex);
    state.holder = holder_of(thread);
    state.created = reinterpret_cast<std::uint64_t>(thread.created_by);
    state.created_stack = thread.created_stack;
    state.stack.size = 0;
    const bool stuck = thread.outlives && thread.state != Thread::finished;
    state.outlived = thread.outlived || stuck ? 1 : 0;
  }
}

void Scheduler::stop(Thread& self, End end) {
  tell(self, end);
  redflag_explore_stopped();
  raw::exit_process(ended_by_explorer);
}

// Every waiting thread notes its own stack, one after the other: only it can.
void Scheduler::tell(Thread& self, End end) {
  page_->end = end;
  describe_threads();
  stopper_ = &self;
  for (std::size_t i = 0; i < thread_count_; ++i) {
    Thread& thread = threads_[i];
    if (&thread == &self || thread.state != Thread::waiting) continue;
    thread.dumping = true;
    thread.baton.give();
    for (int round = 0; round < 10 && !self.baton.take(100); ++round) {
    }
  }
  self.baton.reset();  // of one that was too slow: rescue() goes on, and it is not this one's turn
  // Not in a thread that has ended: unwinding runs code of the sanitizer, for which it is no more.
  if (self.state != Thread::finished) fill_stack(page_->threads[self.id].stack);
}

void Scheduler::dump(Thread& self) {
  fill_stack(page_->threads[self.id].stack);
  self.dumping = false;
  stopper_->baton.give();
}

}  // namespace redflag::explorer
