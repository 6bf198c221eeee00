#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/sha256.hpp"
#include "format/people.hpp"
#include "format/writers.hpp"

namespace fleetmeter::format {

namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_text(const Cell& cell) {
  if (std::holds_alternative<std::nullptr_t>(cell)) {
    return "null";
  }
  if (const auto* bytes = std::get_if<Bytes>(&cell)) {
    return quoted(base::to_hex(bytes->bytes));
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return quoted(*text);
  }
  if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    return quoted(to_text(*decimal));
  }
  const auto* real = std::get_if<double>(&cell);
  return real != nullptr && !std::isfinite(*real) ? "null" : exact_text(cell);
}

/// One object a row: in one array, or one a line.
class JsonWriter final : public RowSink {
 public:
  JsonWriter(std::ostream& out, bool lines) : out_(out), lines_(lines) {}

  void columns(const std::vector<std::string>& names) override {
    for (const std::string& name : names) {
      names_.push_back(quoted(name));
    }
  }

  void row(const std::vector<Cell>& cells) override {
    if (!lines_) {
      out_ << (rows_ == 0 ? "[\n" : ",\n");
    }
    ++rows_;
    out_ << '{';
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out_ << (i == 0 ? "" : ",") << names_[i] << ':' << json_text(cells[i]);
    }
    out_ << (lines_ ? "}\n" : "}");
  }

  void end() override {
    if (!lines_) {
      out_ << (rows_ == 0 ? "[]\n" : "\n]\n");
    }
  }

 private:
  std::ostream& out_;
  bool lines_;
  std::size_t rows_ = 0;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<RowSink> make_json(std::ostream& out, bool lines) {
  return std::make_unique<JsonWriter>(out, lines);
}

}  // namespace fleetmeter::format
