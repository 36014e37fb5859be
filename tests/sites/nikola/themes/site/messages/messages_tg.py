MESSAGES = {"LANGUAGE": "Тоҷикӣ"}
