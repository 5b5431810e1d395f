// A schedule as a small text file: what to run, and which thread goes on at each step.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "explore/page.h"

namespace redflag {

/// A schedule that cannot be used; what() says what is wrong with it, and where.
class BadSchedule : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Schedule {
  std::vector<std::string> argv;  ///< argv[0] is absolute
  std::string body;               ///< the explored function, if it is not the whole program
  std::string build_id;           ///< of the program that it was made with
  std::string signature;          ///< of the finding that it shows
  std::string found_by;           ///< for people: "pos, seed 42, schedule 17"
  std::uint64_t max_steps = 0;
  bool spurious = false;
  bool early_timeouts = false;
  bool weak_memory = false;
  std::uint32_t eviction = 0;               ///< as in Spec
  std::vector<explorer::CodePlace> racing;  ///< plain accesses that are steps
  std::uint64_t hash = 0;                   ///< Page::hash of the execution
  std::vector<std::uint16_t> steps;         ///< as in Page::prefix
  bool operator==(const Schedule&) const = default;
};

/// What the execution on the page did, as a prefix that does it again.
std::vector<std::uint16_t> steps_taken(const explorer::Page& page);

/// The file: one line a fact, then the steps, equal ones in a row counted. Ends with a checksum.
std::string to_text(const Schedule& schedule);

/// Reads what to_text() wrote. Throws BadSchedule if it is cut short, edited or not a schedule.
Schedule schedule_from_text(std::string_view text, const std::string& file);

}  // namespace redflag
