// What executions showed, each finding once, with the schedule that shows it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "explore/driver/fork_server.h"
#include "explore/driver/launcher.h"
#include "explore/driver/search.h"
#include "explore/driver/steps.h"
#include "explore/driver/target.h"
#include "model/finding.h"

namespace redflag {

/// Keeps references to what it is given. Not thread-safe.
class Investigation {
 public:
  Investigation(const Target& target, const SearchOptions& options, Launcher& launcher)
      : target_(target), options_(options), launcher_(launcher) {}

  /// An execution by that schedule showed something, known by its raw name. What is new is run
  /// again by the same schedule with all that costs time: names, and in one run more stacks. It is
  /// saved at once, and minimised when the accesses that are steps are settled. What noise showed
  /// cannot be run again: its execution was told with names. Whether there was a finding: all may
  /// be what the user lets the sanitizer suppress, which it knows by name only.
  bool add(std::uint64_t schedule, const std::string& raw, const explorer::Page& page,
           const Execution& execution);

  /// How many schedules showed exactly those signatures together.
  [[nodiscard]] const std::map<std::vector<std::string>, std::uint64_t>& shown() const {
    return shown_;
  }

  /// The findings so far, in the order in which they were seen.
  [[nodiscard]] const std::vector<Finding>& seen() const { return seen_; }

  /// Makes the accesses that raced since the last call steps. If there are any, what was shown
  /// before is investigated again when it is seen again: its schedule then has them as steps too.
  bool adopt_racing();

  /// adopt_racing() will not be called again: no execution is run any more to see what else races.
  /// What has all that races among its steps is minimised now, what is found later at once.
  void settle_racing();

  /// What is found from now on is saved as it was found: to minimise it takes time.
  void keep_as_found() { minimises_ = false; }

  /// Minimises what is left, as it was found: it was not seen again with all that races. The last
  /// of all, and while no server of the launcher runs.
  void minimise_the_rest();

  /// By first schedule. Leaves nothing here.
  std::vector<Discovery> take();

 private:
  // How a finding was found that is still to be minimised.
  struct Unminimised {
    std::uint64_t schedule = 0;
    std::uint32_t eviction = 0;
    std::size_t racing = 0;  // so many accesses were steps
    std::vector<std::uint16_t> steps;
  };

  /// Of the execution that is investigated, again.
  [[nodiscard]] explorer::Spec spec() const;
  std::vector<std::string> take_as_it_is(std::uint64_t schedule, const explorer::Page& page,
                                         const Execution& execution);
  std::vector<std::string> investigate(std::uint64_t schedule, const explorer::Page& page,
                                       const Execution& execution);
  Execution run_again(const std::vector<std::uint16_t>& steps);
  [[nodiscard]] std::optional<std::vector<std::string>> known_signatures(
      const std::vector<Finding>& findings) const;
  void note_races(const std::vector<std::uint16_t>& steps);
  Discovery& enter(std::uint64_t schedule, Finding finding);
  void save(std::uint64_t schedule, Finding finding, bool reproduced);
  void save_schedule(Discovery& discovery, std::uint64_t schedule);
  void minimise_if_due(const std::string& signature);
  void minimise(const std::string& signature);
  [[nodiscard]] std::chrono::milliseconds time_to_minimise() const;
  std::vector<std::uint16_t> minimised(const Finding& finding,
                                       const std::vector<std::uint16_t>& steps,
                                       std::chrono::milliseconds most_time);
  [[nodiscard]] std::vector<std::string> wanted_first() const;
  [[nodiscard]] Schedule schedule_of(const std::string& signature, std::uint64_t number) const;

  const Target& target_;
  const SearchOptions& options_;
  Launcher& launcher_;
  bool minimises_ = true;
  bool racing_is_settled_ = false;
  std::unique_ptr<ForkServer> detail_;    // for what is new: all names
  std::unique_ptr<ForkServer> stacks_;    // and stacks
  const explorer::Page* page_ = nullptr;  // of one of these two: as run_again() ran it
  std::unique_ptr<ForkServer> quick_;     // for minimisation
  std::unique_ptr<ForkServer> races_;     // for all accesses that race
  std::unique_ptr<Namer> namer_;
  std::map<std::string, std::vector<std::string>> known_;  // raw name to signatures
  std::map<std::string, unsigned> silent_;  // raw name to how often it showed nothing
  std::map<std::string, Discovery> found_;  // by signature
  std::map<std::vector<std::string>, std::uint64_t> shown_;
  std::uint32_t eviction_ = 0;
  std::set<std::string> outdated_;                  // signatures to be saved again
  std::map<std::string, Unminimised> unminimised_;  // by signature
  std::chrono::milliseconds minimising_{0};         // it took so long
  std::vector<explorer::CodePlace> raced_;          // accesses, so far
  std::vector<Finding> seen_;                       // the same findings, in order
};

}  // namespace redflag
