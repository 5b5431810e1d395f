// Whether two runs of one schedule were the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "explore/driver/steps.h"
#include "explore/page.h"

namespace redflag {

/// What an execution did, to hold another one against it.
class Recording {
 public:
  /// Of the execution that is on the page.
  explicit Recording(const explorer::Page& page);

  /// Whether the one that is on the page now took other steps, and that although every thread of it
  /// kept to the schedule.
  [[nodiscard]] bool differs(const explorer::Page& page) const {
    return page.hash != hash_ && page.uncontrolled == 0;
  }

  /// From where on, in words.
  [[nodiscard]] std::string difference(const explorer::Page& page, Namer& namer) const;

 private:
  std::uint64_t hash_;
  std::vector<explorer::Event> events_;
};

}  // namespace redflag
