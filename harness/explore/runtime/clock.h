// Virtual time: what the program takes for the time is the schedule's, so that nothing waits for
// real and two runs of one schedule see the same times.
#pragma once

#include <time.h>  // NOLINT(modernize-deprecated-headers): clockid_t is POSIX

#include <cstdint>

namespace redflag::explorer {

/// What `clock` shows at virtual time `now`.
timespec time_of(clockid_t clock, std::uint64_t now);

/// The virtual time at which `clock` shows `time`; 0 if that was before the start.
std::uint64_t deadline_of(clockid_t clock, const timespec& time);

/// Virtual time `time` from now.
std::uint64_t deadline_after(const timespec& time);

/// Whether the timespec is one that the system would accept.
bool is_valid(const timespec& time);

}  // namespace redflag::explorer
