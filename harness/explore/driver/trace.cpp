#include "explore/driver/trace.h"

#include <algorithm>
#include <map>

#include "explore/runtime/dice.h"

namespace redflag {

using explorer::Action;
using explorer::End;
using explorer::Event;
using explorer::mixed;
using explorer::Page;

namespace {

bool only_looks(Action action) {
  return action == Action::atomic_load || action == Action::memory_read;
}

bool has_no_object(Action action) {
  return action == Action::thread_create || action == Action::thread_detach ||
         action == Action::thread_start || action == Action::thread_join ||
         action == Action::fence || action == Action::choice;
}

// Of these nobody knows what they have to do with others: time and yields decide who can go on, and
// signals and files come from anywhere.
bool is_global(Action action) {
  switch (action) {
    case Action::none:
    case Action::thread_exit:
    case Action::sleep:
    case Action::yield:
    case Action::clock_read:
    case Action::thread_cancel:
    case Action::signal_send:
    case Action::signal_wait:
    case Action::signal_handle:
    case Action::file_wait:
    case Action::call_return:
    case Action::execution_end:
    case Action::process_fork:
    case Action::process_wait:
    case Action::process_exit:
      return true;
    default:
      return false;
  }
}

// The mutex that it gives back, or 0.
std::uint32_t released_by(const Move& move) {
  if (move.action == Action::mutex_unlock) return move.place;
  return move.action == Action::condition_wait ? move.mutex : 0;
}

// The mutex that must be free for it, or 0.
std::uint32_t needed_by(const Move& move) {
  if (move.action == Action::mutex_lock || move.action == Action::shared_lock) return move.place;
  return move.action == Action::condition_wake ? move.mutex : 0;
}

bool meet(std::uint32_t a, std::uint32_t b) { return a != 0 && a == b; }

void join(std::vector<std::uint32_t>& clock, const std::vector<std::uint32_t>& other) {
  for (std::size_t i = 0; i < other.size(); ++i) clock[i] = std::max(clock[i], other[i]);
}

class EventReader {
 public:
  EventReader(const Page& page, Trace& trace) : page_(page), trace_(trace) {}

  void read() {
    const auto count = std::min<std::size_t>(page_.event_count, Page::most_events);
    trace_.threads = static_cast<std::uint32_t>(
        std::clamp<std::size_t>(page_.thread_count, 1, Page::most_threads));
    for (std::size_t i = 0; i < count; ++i) take(page_.events[i]);
    for (std::uint32_t i = 0; i < trace_.threads; ++i) look_at_thread(i);
    // The last one may have ended all others.
    if (page_.end != End::deadlock && !trace_.pending.empty()) make_last_global();
    trace_.creators_known = created_ + 1 == trace_.threads;
  }

 private:
  Move move(std::uint32_t thread, Action action, std::uint32_t object, std::uint32_t mutex) {
    Move move;
    move.thread = thread;
    move.action = action;
    if (action == Action::thread_start) thread_at_[object] = thread;
    if (action == Action::thread_join) {
      const auto target = thread_at_.find(object);
      if (target != thread_at_.end()) move.joined = target->second;
    }
    if (!has_no_object(action)) {
      move.place = place_of(object);
      move.mutex = place_of(mutex);
    }
    move.global = page_.instrumented == 0 || page_.uncontrolled != 0 || page_.all_depend != 0 ||
                  is_global(action) || (move.place == 0 && !has_no_object(action)) ||
                  (action == Action::fence && page_.spec.weak_memory != 0);
    return move;
  }

  [[nodiscard]] std::uint32_t place_of(std::uint32_t object) const {
    return object == 0 ? 0 : page_.objects[object % Page::most_objects].place;
  }

  void take(const Event& event) {
    Move next = move(event.thread, event.action, event.object, event.value);
    next.enabled = event.enabled;
    next.value = event.value;
    next.choice = event.action == Action::choice;
    trace_.threads = std::max<std::uint32_t>(trace_.threads, event.thread + 1U);
    if (event.action == Action::thread_create) ++created_;
    if ((event.flags & Event::late) != 0) next.joined = 0;  // nobody had to end for it
    const bool joins_nobody = event.action == Action::thread_join && next.joined == 0;
    const bool gave_way = (event.flags & Event::gave_way) != 0;
    if (joins_nobody || gave_way || (event.flags & Event::late) != 0) next.global = true;
    if (gave_way) make_last_global();  // behind it, its thread could not go on
    trace_.moves.push_back(next);
  }

  void make_last_global() {
    const auto last = std::find_if(trace_.moves.rbegin(), trace_.moves.rend(),
                                   [](const Move& move) { return !move.choice; });
    if (last != trace_.moves.rend()) last->global = true;
  }

  // Where the program died, nobody has told what its threads were about to do.
  void look_at_thread(std::uint32_t i) {
    const explorer::ThreadState& state = page_.threads[i];
    const bool died = page_.end == End::running;
    const bool goes_on = page_.end == End::deadlock || page_.end == End::livelock;
    const bool ran_last = !trace_.moves.empty() && trace_.moves.back().thread == i;
    if (state.finished != 0 || (ran_last && !goes_on)) return;
    const bool known = !died || page_.death_text[0] != '\0';
    trace_.pending.push_back(known ? move(i, state.action, state.object, state.mutex)
                                   : move(i, Action::none, 0, 0));
  }

  const Page& page_;
  Trace& trace_;
  std::map<std::uint32_t, std::uint32_t> thread_at_;  // by object
  std::uint32_t created_ = 0;
};

}  // namespace

bool dependent(const Move& a, const Move& b) {
  if (a.choice || b.choice) return false;  // part of the move before
  if (a.global || b.global) return true;
  if (a.action == Action::thread_create && b.action == Action::thread_create) return true;
  const bool same = meet(a.place, b.place) || meet(a.place, b.mutex) || meet(a.mutex, b.place) ||
                    meet(a.mutex, b.mutex);
  return same && !(only_looks(a.action) && only_looks(b.action));
}

bool needs_release_by(const Move& first, const Move& second) {
  return meet(second.joined, first.thread) || meet(released_by(first), needed_by(second));
}

Trace::Trace(const Page& page) { EventReader(page, *this).read(); }

void Trace::cut(std::size_t size) {
  std::vector<Move> next_ones;
  for (std::uint32_t i = 0; i < threads; ++i) {
    if (const Move* move = next(i, size)) next_ones.push_back(*move);
  }
  pending = std::move(next_ones);
  moves.resize(std::min(size, moves.size()));
}

const Move* Trace::next(std::uint32_t thread, std::size_t from) const {
  for (std::size_t i = from; i < moves.size(); ++i) {
    if (moves[i].thread == thread && !moves[i].choice) return &moves[i];
  }
  const auto found = std::ranges::find(pending, thread, &Move::thread);
  return found == pending.end() ? nullptr : &*found;
}

Order::Order(const Trace& trace)
    : trace_(trace),
      last_(trace.threads, none),
      creators_(trace.threads, none),
      moves_(trace.threads),
      global_(trace.threads),
      creations_(trace.threads) {
  for (std::size_t i = 0; i < trace.moves.size(); ++i) take(i);
  for (const Move& move : trace.pending) {
    pending_causes_.push_back(cause_of(move));
    pending_clocks_.push_back(clock_of(move, pending_causes_.back()));
  }
}

std::size_t Order::cause_of(const Move& move) const {
  return last_[move.thread] != none ? last_[move.thread] : creators_[move.thread];
}

void Order::join(Clock& clock, std::size_t move) const {
  if (move != none) redflag::join(clock, clocks_[move]);
}

Order::Clock Order::clock_of(const Move& move, std::size_t cause) {
  Clock clock = global_;
  join(clock, cause);
  if (move.choice) return clock;
  if (move.joined != 0) join(clock, last_[move.joined]);
  if (move.action == explorer::Action::thread_create) redflag::join(clock, creations_);
  for (const std::uint32_t place : {move.place, move.mutex}) {
    if (place >= places_.size())
      places_.resize(place + 1, {Clock(trace_.threads), Clock(trace_.threads)});
    if (place == 0) continue;
    redflag::join(clock, only_looks(move.action) ? places_[place].changes : places_[place].all);
  }
  if (move.global) {
    for (const std::size_t last : last_) join(clock, last);
  }
  return clock;
}

void Order::take(std::size_t index) {
  const Move& move = trace_.moves[index];
  causes_.push_back(cause_of(move));
  Clock clock = clock_of(move, causes_.back());
  clock[move.thread] = static_cast<std::uint32_t>(index) + 1;
  for (const std::uint32_t place : {move.place, move.mutex}) {
    if (place == 0) continue;
    redflag::join(places_[place].all, clock);
    if (!only_looks(move.action)) redflag::join(places_[place].changes, clock);
  }
  if (move.global) redflag::join(global_, clock);
  if (move.action == explorer::Action::thread_create) {
    redflag::join(creations_, clock);
    ++created_;
    if (trace_.creators_known && created_ < trace_.threads) creators_[created_] = index;
  }
  last_[move.thread] = index;
  moves_[move.thread].push_back(index);
  clocks_.push_back(std::move(clock));
}

bool Order::before(std::size_t first, std::size_t second) const {
  return second != none && clocks_[second][trace_.moves[first].thread] > first;
}

bool Order::before_pending(std::size_t first, std::size_t pending) const {
  return pending_clocks_[pending][trace_.moves[first].thread] > first;
}

std::size_t Order::first_concurrent(std::size_t move) const {
  if (move == none) return 0;
  std::size_t first = trace_.moves.size();
  for (std::size_t thread = 0; thread < moves_.size(); ++thread) {
    const auto& mine = moves_[thread];
    const auto next = std::ranges::lower_bound(mine, clocks_[move][thread]);
    if (next != mine.end()) first = std::min(first, *next);
  }
  return first;
}

// A move is told by how many of each thread came before it; the order in which they are added up
// does not matter.
std::vector<std::uint64_t> Order::states() const {
  std::vector<std::uint64_t> states = {0};
  for (std::size_t i = 0; i < clocks_.size(); ++i) {
    const Move& move = trace_.moves[i];
    std::uint64_t number = mixed(move.thread);
    if (move.choice) number = mixed(number ^ (move.value + std::uint64_t{1}));
    for (std::size_t thread = 0; thread < moves_.size(); ++thread) {
      const auto& mine = moves_[thread];
      const auto before = std::ranges::lower_bound(mine, clocks_[i][thread]) - mine.begin();
      if (before != 0)
        number = mixed(number ^ (thread << 32U | static_cast<std::uint64_t>(before)));
    }
    states.push_back(states.back() + number);
  }
  return states;
}

}  // namespace redflag
