#include <redflag/scenario.h>

namespace redflag {

Outcome::Outcome(std::initializer_list<Field> fields) {
  for (const Field& field : fields) {
    if (!text_.empty()) text_ += ' ';
    text_.append(field.name).append("=").append(field.value.text());
  }
}

}  // namespace redflag
