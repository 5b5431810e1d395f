// The steps of an execution in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "explore/driver/namer.h"
#include "explore/page.h"

namespace redflag {

/// "locks", "waits on", …: what stands between the thread and the object in "T1 locks mutex 2".
std::string_view verb_of(explorer::Action action);

/// The same of a thread that has not got that far: "waits on" for what verb_of() says "wakes from".
std::string_view verb_of_waiter(explorer::Action action);

/// "mutex 2"; empty for none.
std::string name_of(const explorer::Object& object);

/// One step as a person reads it.
struct Step {
  std::uint32_t thread = 0;
  std::string what;   ///< "locks mutex 2"
  std::string place;  ///< "engine.h:41 in Engine::stop", or empty
  bool preemption = false;
  bool late = false;             ///< it goes on because its time is over
  bool fails_by_itself = false;  ///< a compare_exchange_weak(); `what` says so
  bool old_value = false;        ///< it loads a value older than the last; `what` says so
};

/// "main" or "T1".
std::string thread_name(std::uint32_t thread);

/// What each thread that had not ended was about to do when the execution was over.
std::vector<Step> pending_steps(const explorer::Page& page, Namer& namer);

/// The call for which a thread first left the schedule: "at main.cpp:12 in lock_file", or
/// "after main.cpp:12 in lock_file, in flock()".
std::string uncontrolled_call(const explorer::Page& page, Namer& namer);

/// The steps of the page's execution; choices other than of threads are left out. Places are of the
/// program's own code if stacks were noted, else of the immediate caller.
std::vector<Step> steps_of(const explorer::Page& page, Namer& namer);

}  // namespace redflag
