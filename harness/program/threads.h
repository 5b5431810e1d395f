// Which threads this process has.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <set>

namespace redflag {

using ThreadIds = std::set<pid_t>;

/// The threads that are alive: not those already on their way out. pthread_join returns a moment
/// before the kernel has taken a thread off its list; a joined thread is past that point, so it
/// is never counted and no waiting is needed.
ThreadIds living_threads();

/// How many threads live that are not in `known`; `known` becomes those that live now.
std::size_t count_new_threads(ThreadIds& known);

}  // namespace redflag
