#include <redflag/context.h>

#include "lifecycle/time_limit.h"

#include <algorithm>
#include <mutex>
#include <string_view>

namespace redflag {
namespace {

/// How a context ended; `reason` lives as long as the context that it ended.
struct End {
  Context::Clock::time_point at;
  Context::Cause cause;
  std::string_view reason;
};

/// Passes a parent's stop on to its child.
struct Forward {
  std::stop_source child;
  void operator()() const {
    // A callback may drop the last handle to the child, and with it this object.
    auto source = child;
    source.request_stop();
  }
};

TimeLimit earlier(TimeLimit a, TimeLimit b) {
  if (!a) return b;
  return b ? std::min(*a, *b) : a;
}

}  // namespace

struct Context::State {
  State(std::shared_ptr<State> from, TimeLimit own_limit)
      : parent(std::move(from)),
        tree(parent ? parent->tree : std::make_shared<std::mutex>()),
        limit(parent ? earlier(parent->limit, own_limit) : own_limit) {
    if (parent) link.emplace(parent->source.get_token(), Forward{source});
  }

  /// The first end of this context and its ancestors that has come by `now`. The tree is locked, so
  /// that the answer cannot change once given: whoever ends a context later finds it ended.
  [[nodiscard]] std::optional<End> end(Clock::time_point now) const {
    std::optional<End> first;
    if (cancelled_at) {
      first = {*cancelled_at, Cause::cancelled, text};
    } else if (limit && *limit <= now) {
      first = {*limit, Cause::deadline_exceeded, "deadline exceeded"};
    }
    if (!parent) return first;
    const auto above = parent->end(now);
    // At equal times the descendant's end was first: it is refused under an ancestor's that was.
    return above && (!first || above->at < first->at) ? above : first;
  }

  [[nodiscard]] std::optional<End> end() const {
    const std::scoped_lock lock(*tree);
    return end(Clock::now());
  }

  /// Stops the tokens of this context and of its ancestors, as far as they have ended.
  bool settle() {
    if (!end()) return false;
    if (parent) parent->settle();
    source.request_stop();
    return true;
  }

  const std::shared_ptr<State> parent;
  const std::shared_ptr<std::mutex> tree;  // one for a root and all its descendants
  const TimeLimit limit;                   // the earliest of this context and its ancestors
  std::optional<Clock::time_point> cancelled_at;
  std::string text;
  std::stop_source source;
  std::optional<std::stop_callback<Forward>> link;  // last, so that it is gone before the rest
};

Context::Context() : Context(std::make_shared<State>(nullptr, std::nullopt)) {}

Context::Context(std::shared_ptr<State> state) : state_(std::move(state)) {}

Context Context::child() const { return Context(std::make_shared<State>(state_, std::nullopt)); }

Context Context::with_deadline(Clock::time_point deadline) const {
  return Context(std::make_shared<State>(state_, deadline));
}

Context Context::with_timeout(Clock::duration timeout) const {
  return Context(std::make_shared<State>(state_, limit_after(timeout)));
}

bool Context::cancel(std::string reason) {
  const auto state = state_;  // a stop callback may drop this very handle
  if (reason.empty()) reason = "cancelled";
  bool first = false;
  {
    const std::scoped_lock lock(*state->tree);
    const auto now = Clock::now();
    first = !state->end(now);
    if (first) {
      state->cancelled_at = now;
      state->text = std::move(reason);
    }
  }
  state->settle();
  return first;
}

bool Context::done() const { return state_->end().has_value(); }

Context::Cause Context::cause() const {
  const auto end = state_->end();
  return end ? end->cause : Cause::none;
}

std::string Context::reason() const {
  const auto end = state_->end();
  return end ? std::string(end->reason) : std::string();
}

std::optional<Context::Clock::time_point> Context::deadline() const { return state_->limit; }

std::stop_token Context::token() const& { return state_->source.get_token(); }

void Context::wait() const { static_cast<void>(block(std::nullopt)); }

bool Context::wait_for(Clock::duration timeout) const { return block(limit_after(timeout)); }

bool Context::wait_until(Clock::time_point limit) const { return block(limit); }

bool Context::block(std::optional<Clock::time_point> limit) const {
  const auto state = state_;
  // The token is what wakes this thread, so nobody else needs to know these two.
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  const auto stop = state->source.get_token();
  const auto never = [] { return false; };
  if (const auto until = earlier(limit, state->limit)) {
    stopped.wait_until(lock, stop, *until, never);
  } else {
    stopped.wait(lock, stop, never);
  }
  return state->settle();
}

}  // namespace redflag
