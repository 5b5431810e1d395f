// Threads that wait until another one wakes them: on a condition variable, a futex, a barrier.
#pragma once

#include <cstddef>
#include <cstdint>

#include "explore/page.h"

namespace redflag::explorer {

struct Thread;

inline constexpr std::uint64_t any_word = ~std::uint64_t{0};

/// How many threads wait at `action` on `object` and were not woken. Each has set its `word`: only
/// those are meant in which it has one of the bits of `mask`.
std::size_t count_waiters(Action action, const volatile void* object,
                          std::uint64_t mask = any_word);

/// Wakes at most `most` of them; which ones is a choice of the schedule. How many were woken.
std::size_t wake_waiters(Thread& self, Action action, const volatile void* object, std::size_t most,
                         std::uint64_t mask = any_word);

/// Makes at most `most` of them waiters on another object. How many.
std::size_t move_waiters(Action action, const volatile void* from, const volatile void* to,
                         std::size_t most);

/// A Ready: it was woken, or its time is over.
bool woken_or_late(const Thread& thread, bool late);

}  // namespace redflag::explorer
