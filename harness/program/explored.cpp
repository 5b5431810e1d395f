#include "program/explored.h"

#include <dlfcn.h>

#include "model/own_finding.h"
#include "program/describe.h"

extern "C" {
// The explorer knows by it that the program says where an execution begins and ends.
extern const char redflag_explores_itself;
__attribute__((used)) const char redflag_explores_itself = 1;

bool redflag_explore_next() __attribute__((weak));
void redflag_explore_end(const char* outcome, const char* signature, const char* message)
    __attribute__((weak));
bool redflag_explore_is_there() __attribute__((weak));
}

namespace redflag {
namespace {

// The explorer is linked into the program, or loaded in front of it, or not there.
template <typename Function>
Function* explorer_function(Function* linked, const char* name) {
  return linked != nullptr ? linked : reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

}  // namespace

bool is_explored() {
  auto* const is_there = explorer_function(&redflag_explore_is_there, "redflag_explore_is_there");
  return is_there != nullptr && is_there();
}

void run_explored(const Program& tested) {
  const Description description = describe(tested);
  auto* const next = explorer_function(&redflag_explore_next, "redflag_explore_next");
  auto* const end = explorer_function(&redflag_explore_end, "redflag_explore_end");
  while (next()) {
    const Outcome outcome = tested.body();
    const auto finding = finding_of_outcome(description, outcome.text());
    end(outcome.text().c_str(), finding ? finding->signature.c_str() : nullptr,
        finding ? finding->message.c_str() : nullptr);
  }
}

}  // namespace redflag
