// Numbers and states as a reader sees them, the same in every report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/campaign.h"

namespace redflag::reports {

/// "12,345".
std::string number(std::uint64_t value);

/// "1 process", "2 processes", "1,200 executions": the plural of `noun` is regular.
std::string count(std::uint64_t value, std::string_view noun);

/// 0.15 is "15%". Never rounded to 0% or 100% unless it is exactly that.
std::string percent(double share);

/// "77–100%".
std::string interval(const Rate& rate);

/// Three significant digits: "0.52", "12.3", "1,230".
std::string significant(double value);

/// How many times as much the fix costs: "21.3×".
std::string times(const Cost& cost);

/// "3.2 s", "2 min 5 s", "1 h 4 min".
std::string duration(double seconds);

/// What a run counts, one execution or many: "process", or "schedule" in mode explore.
std::string_view unit(const Run& run);

/// How far mode explore got: "all schedules, any number of preemptions", "all schedules within 2
/// preemptions", "not all schedules within 2 preemptions"; empty if it did not search exhaustively.
std::string search_words(const Run& run);

/// What a run came to: verdict if it has one, else what kept it from having one.
enum class State { as_expected, missed, false_alarm, unexpected, not_judged };
State state_of(const Run& run);

/// A sign that can be told from the others without colour.
std::string_view symbol(State state);

/// "as expected", …, "did not run: timed out", "did not run: not built", "no verdict".
std::string state_words(const Run& run);

}  // namespace redflag::reports
